import { html } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';

/** Runs the best trials of a study again on fresh seeds: what promotion asks for. */
export class ConfirmWinners extends Page {
  static properties = { ...Page.properties, study: { attribute: false } };
  declare study: string;

  private async send(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    await this.attempt(() => api.confirmWinners(this.study, Number(data.get('winners')), Number(data.get('seeds'))));
  }

  render() {
    return html`<details class="card"><summary>${t('confirmWinners')}</summary>
      <form class="grid" @submit=${this.send}>
        <p class="wide">${t('confirmHelp')}</p>
        <label>${t('winners')}<input type="number" name="winners" required min="1" max="16" .value=${'3'} /></label>
        <label>${t('freshSeeds')}<input type="number" name="seeds" required min="2" max="32" .value=${'5'} /></label>
        <span class="tools"><button>${t('confirmStart')}</button></span>
      </form>${this.alert()}</details>`;
  }
}
customElements.define('confirm-winners', ConfirmWinners);
