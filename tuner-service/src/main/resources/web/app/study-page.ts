import { LitElement, html } from 'lit';
import * as api from './api';
import { shared } from './styles';
import { figure, span, type Study } from './wire';

const PAGE = 50;

/** One study and a page of its trials, live. */
export class StudyPage extends LitElement {
  static styles = shared;
  static properties = {
    study: { type: String, attribute: 'study-id' },
    now: { state: true },
    page: { state: true },
    trouble: { state: true },
    order: { state: true },
    descending: { state: true },
    offset: { state: true },
  };
  declare study: string;
  declare now: Study | undefined;
  declare page: api.TrialPage;
  declare trouble: string;
  declare order: string;
  declare descending: boolean;
  declare offset: number;
  private stop = () => {};

  constructor() {
    super();
    this.page = { trials: [], total: 0 };
    this.trouble = '';
    this.order = 'number';
    this.descending = true;
    this.offset = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = api.follow(this.study, (study) => {
      this.now = study;
      void this.load();
    });
    void this.load();
  }

  disconnectedCallback() {
    this.stop();
    super.disconnectedCallback();
  }

  private async load() {
    try {
      this.page = await api.trials(this.study, this.order, this.descending, this.offset, PAGE);
      this.trouble = '';
    } catch (failure) {
      this.trouble = (failure as Error).message;
    }
  }

  private sort(order: string) {
    this.descending = this.order === order ? !this.descending : false;
    this.order = order;
    this.offset = 0;
    void this.load();
  }

  private turn(by: number) {
    this.offset = Math.max(0, this.offset + by);
    void this.load();
  }

  private column(order: string, label: string, figures = false) {
    const sorted = this.order === order ? (this.descending ? 'descending' : 'ascending') : 'none';
    return html`<th scope="col" aria-sort=${sorted} class=${figures ? 'figure' : ''}>
      <button @click=${() => this.sort(order)}>${label}</button>
    </th>`;
  }

  render() {
    const now = this.now;
    return html`<p><a href="#/">Studies</a></p>
      ${this.trouble ? html`<p role="alert">${this.trouble}</p>` : ''}
      ${now
        ? html`<h1>${now.title}</h1>
            <p aria-live="polite">
              ${now.state}: ${now.finished} of ${now.budget} finished, ${now.running} running,
              ${now.failed} failed.
              ${now.bestTrial
                ? html`Best: trial ${now.bestTrial}, ${now.metric} ${figure(now.bestValue)}.`
                : ''}
              ${now.secondsLeft ? html`About ${span(now.secondsLeft)} left.` : ''} ${now.reason}
            </p>`
        : html`<p>Loading…</p>`}
      <table>
        <thead>
          <tr>
            ${this.column('number', 'Trial', true)}
            <th scope="col">State</th>
            ${this.column('objective', now?.metric || 'Objective', true)}
            <th scope="col" class="figure">Step</th>
            ${this.column('duration', 'Time', true)}
            <th scope="col">Parameters</th>
          </tr>
        </thead>
        <tbody>
          ${this.page.trials.map(
            (trial) => html`<tr>
              <td class="figure">${trial.number}</td>
              <td title=${trial.reason}>${trial.state}</td>
              <td class="figure">${figure(trial.objective)}</td>
              <td class="figure">${trial.step}</td>
              <td class="figure">${span(trial.seconds)}</td>
              <td class="long">${trial.parameters}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="pages">
        <button ?disabled=${this.offset === 0} @click=${() => this.turn(-PAGE)}>Previous</button>
        ${this.page.total === 0 ? 0 : this.offset + 1}–${this.offset + this.page.trials.length} of
        ${this.page.total}
        <button
          ?disabled=${this.offset + PAGE >= this.page.total}
          @click=${() => this.turn(PAGE)}
        >
          Next
        </button>
      </p>`;
  }
}
customElements.define('study-page', StudyPage);
