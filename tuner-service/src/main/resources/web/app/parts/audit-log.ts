import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { wide } from './wide';
import { moment, t } from '../words';

/** Who changed what, when and why, newest first. */
export class AuditLog extends Page {
  static properties = { ...Page.properties, study: { attribute: false }, events: { state: true } };
  declare study: string;
  declare events: any[] | undefined;
  private next = '';

  connectedCallback() {
    super.connectedCallback();
    void this.more('');
  }

  private async more(token: string) {
    await this.attempt(async () => {
      const page = await api.auditEvents(this.study, token);
      this.next = page.nextPageToken ?? '';
      this.events = [...(token ? this.events ?? [] : []), ...(page.events ?? [])];
    });
  }

  render() {
    return html`${this.alert()}
      ${wide(t('audit'), html`<table>
        <thead><tr><th scope="col">${t('when')}</th><th scope="col">${t('actor')}</th><th scope="col">${t('action')}</th>
          <th scope="col">${t('reason')}</th><th scope="col">${t('detail')}</th></tr></thead>
        <tbody>${(this.events ?? []).map((e) => html`<tr><td>${moment(e.eventTime)}</td><td>${e.actor}</td><td>${e.action}</td>
          <td>${e.reason}</td><td class="long"><code>${e.detailJson}</code></td></tr>`)}</tbody>
      </table>`)}
      ${this.next ? html`<button @click=${() => this.more(this.next)}>${t('next')}</button>` : nothing}`;
  }
}
customElements.define('audit-log', AuditLog);
