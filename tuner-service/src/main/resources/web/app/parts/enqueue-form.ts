import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';
import { lastPart, parameterValue, plain, type ParameterSpec, type Study } from '../wire';

/** Puts a configuration of one's own in front of the queue; the server says what it does not accept. */
export class EnqueueForm extends Page {
  static properties = { ...Page.properties, now: { attribute: false }, done: { state: true } };
  declare now: Study;
  declare done: string;

  constructor() {
    super();
    this.done = '';
  }

  private async send(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const parameters = this.now.space
      .filter((spec) => !spec.constant && String(data.get(spec.name) ?? '') !== '')
      .map((spec) => ({ name: spec.name, value: parameterValue(spec, String(data.get(spec.name))) }));
    await this.attempt(async () => {
      const answer = await api.enqueue(this.now.id, parameters, 'enqueued from the dashboard');
      this.done = t('enqueued', lastPart(answer.trials[0].name));
    });
  }

  private field(spec: ParameterSpec) {
    const preset = spec.defaultValue ? String(plain(spec.defaultValue)) : '';
    const choices = spec.categoricalDomain?.choices ?? spec.discreteDomain?.values.map(String);
    const bounds = spec.doubleDomain ?? spec.integerDomain;
    return html`<label>${spec.name}
      ${choices
        ? html`<select name=${spec.name}>
            ${choices.map((c) => html`<option ?selected=${c === preset}>${c}</option>`)}
          </select>`
        : html`<input name=${spec.name} inputmode="decimal" .value=${preset} placeholder=${bounds ? `${bounds.min ?? 0} – ${bounds.max ?? 0}` : ''} />`}
    </label>`;
  }

  render() {
    if (['completed', 'failed'].includes(this.now.state)) return nothing;
    return html`<details class="card">
      <summary>${t('enqueue')}</summary>
      <form class="grid" @submit=${this.send}>
        ${this.now.space.filter((spec) => !spec.constant).map((spec) => this.field(spec))}
        <span class="tools"><button>${t('enqueue')}</button></span>
      </form>
      ${this.alert()}
      <p role="status">${this.trouble ? '' : this.done}</p>
    </details>`;
  }
}
customElements.define('enqueue-form', EnqueueForm);
