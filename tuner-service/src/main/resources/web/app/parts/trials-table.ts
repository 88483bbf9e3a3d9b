import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { span, t } from '../words';
import { figure, lastPart, seconds, valuesOf, word, type Study, type WireTrial } from '../wire';
import './enqueue-form';

const PAGE = 50;
const STATES = ['waiting', 'running', 'completed', 'pruned', 'failed', 'stopped'];
const MOST_COMPARED = 6;

/** Trials of a study: paged, sorted and filtered by the server; the address holds all of it. */
export class TrialsTable extends Page {
  static properties = { ...Page.properties, now: { attribute: false }, rows: { state: true }, picked: { state: true } };
  declare now: Study;
  declare rows: WireTrial[] | undefined;
  declare picked: string[];
  private total = 0;
  private next = '';
  private before: string[] = [];
  private read = '';

  constructor() {
    super();
    this.picked = [];
  }

  protected willUpdate(_: PropertyValues) {
    const { finished, running, failed, waiting, state } = this.now;
    const key = `${this.at.query} ${finished} ${running} ${failed} ${waiting} ${state}`;
    if (key !== this.read) {
      this.read = key;
      void this.load();
    }
  }

  private async load() {
    const query = this.at.query;
    const isLast = this.asks();
    await this.attempt(async () => {
      const page = await api.trials(this.now.id, {
        states: query.get('state') ? [`TRIAL_STATE_${query.get('state')!.toUpperCase()}`] : [],
        orderBy: query.get('sort') ?? 'number',
        descending: (query.get('up') ?? '') === '',
        pageToken: query.get('page') ?? '',
        pageSize: PAGE,
      });
      if (!isLast()) return;
      this.total = page.total;
      this.next = page.next;
      this.rows = page.trials;
    });
  }

  private turnTo(token: string) {
    this.before.push(this.at.query.get('page') ?? '');
    setQuery({ page: token });
  }

  private back() {
    setQuery({ page: this.before.pop() ?? '' });
  }

  private head(by: string, label: string) {
    const on = (this.at.query.get('sort') ?? 'number') === by;
    const up = (this.at.query.get('up') ?? '') !== '';
    return html`<th scope="col" aria-sort=${on ? (up ? 'ascending' : 'descending') : 'none'}>
      <button class="sort" @click=${() => { this.before = []; setQuery({ sort: by, up: on && up ? '' : '1', page: '' }); }}>${label}</button>
    </th>`;
  }

  private pick(number: string, on: boolean) {
    this.picked = on ? [...this.picked, number].slice(-MOST_COMPARED) : this.picked.filter((n) => n !== number);
  }

  render() {
    const state = this.at.query.get('state') ?? '';
    return html`<div class="filters">
        <label>${t('state')}
          <select @change=${(e: Event) => { this.before = []; setQuery({ state: (e.target as HTMLSelectElement).value, page: '' }); }}>
            <option value="">${t('all')}</option>
            ${STATES.map((s) => html`<option value=${s} ?selected=${s === state}>${t(s)}</option>`)}
          </select>
        </label>
        ${this.picked.length >= 2
          ? html`<a class="button" href=${href(`studies/${this.now.id}/compare`, { trials: this.picked.join(',') })}>${t('compare')} (${this.picked.length})</a>`
          : html`<small>${t('comparePick')}</small>`}
      </div>
      ${this.alert()} ${this.rows === undefined ? html`<p>${t('loading')}</p>` : this.table(this.rows)}
      <p class="pages">
        <button ?disabled=${!this.at.query.get('page')} @click=${() => this.back()}>${t('previous')}</button>
        <span>${t('rows', this.total.toLocaleString())}</span>
        <button ?disabled=${!this.next} @click=${() => this.turnTo(this.next)}>${t('next')}</button>
      </p>
      <enqueue-form .now=${this.now}></enqueue-form>`;
  }

  private table(rows: WireTrial[]) {
    const names = this.now.space.map((s) => s.name);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('trials')}><table class="dense">
      <thead><tr>
        <th scope="col"><span class="hidden">${t('compare')}</span></th>
        ${this.head('number', t('trial'))}
        <th scope="col">${t('state')}</th>
        ${this.now.objectives.map((o, i) => (i === 0 ? this.head('objective', o.metric) : html`<th scope="col">${o.metric}</th>`))}
        ${this.head('duration', t('duration'))}
        ${names.map((name) => this.head(`parameter:${name}`, name))}
      </tr></thead>
      <tbody>${rows.map((trial) => this.row(trial, names))}</tbody>
    </table></div>`;
  }

  private row(trial: WireTrial, names: string[]) {
    const number = lastPart(trial.name);
    const values = valuesOf(trial.parameters);
    const state = word(trial.state, 'TRIAL_STATE_');
    return html`<tr>
      <td><input type="checkbox" aria-label=${`${t('compare')}: ${t('trial')} ${number}`} .checked=${this.picked.includes(number)}
        @change=${(e: Event) => this.pick(number, (e.target as HTMLInputElement).checked)} /></td>
      <th scope="row"><a href=${href(`studies/${this.now.id}/trials/${number}`)}>${number}</a></th>
      <td><span class="state ${state}" title=${trial.reason ?? ''}>${t(state)}</span></td>
      ${this.now.objectives.map((_, i) => html`<td class="figure">${trial.objectives?.length ? figure(Number(trial.objectives[i] ?? 0)) : nothing}</td>`)}
      <td class="figure">${span(seconds(trial.startTime, trial.endTime))}</td>
      ${names.map((name) => html`<td class="figure">${figure(values[name])}</td>`)}
    </tr>`;
  }
}
customElements.define('trials-table', TrialsTable);
