import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t, term } from '../words';
import { figure } from '../wire';
import { bars } from '../charts/evaluations';
import '../charts/chart-view';

/** Service, method, and a coverage that it offers. */
const METHODS: Record<string, [string, string, number]> = {
  wage: ['ilteo.wage.v1.WageService', 'PredictWages', 0.8],
  satisfaction: ['ilteo.satisfaction.v1.SatisfactionService', 'PredictSatisfaction', 0.9],
};
const FIRST_WAVES = 3;
const MOST_WAVES = 10;

/** Tries a prediction for one person: a column a wave, a row an input; an example stands there at first. */
export class PredictForm extends Page {
  static properties = { ...Page.properties, task: { attribute: false }, version: { attribute: false }, years: { state: true }, answer: { state: true }, example: { state: true } };
  declare task: string;
  declare version: any;
  declare years: number[];
  declare answer: any;
  /** Typical values of the panel's columns: what a person of the middle would say. */
  declare example: Map<string, number>;

  constructor() {
    super();
    this.years = [];
    this.example = new Map();
  }

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('version') && this.version) void this.load();
  }

  private async load() {
    const panel = this.version.lineage?.data?.panel ?? '';
    let last = new Date().getFullYear() - 1;
    try {
      const [stored, described] = await Promise.all([
        api.panels<any>(this.task, 'GetPanel', { name: panel }), api.panels<any>(this.task, 'DescribePanel', { name: panel })]);
      last = stored.panel.lastYear ?? last;
      this.example = new Map((described.columns ?? []).map((c: any) => [c.column, middle(c)]).filter(([, v]: any) => v !== undefined));
    } catch {
      // The panel may be gone; a person can still type.
    }
    this.years = Array.from({ length: FIRST_WAVES }, (_, i) => last - FIRST_WAVES + 1 + i);
  }

  private async send(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const columns = this.version.inputColumns ?? [];
    const waves = this.years.map((year) => ({
      year,
      values: columns.map((column: string) => {
        const text = String(data.get(`${column} ${year}`) ?? '').trim();
        return text === '' ? 'NaN' : Number(text);
      }),
    }));
    const [service, method, coverage] = METHODS[this.task];
    this.answer = undefined;
    await this.attempt(async () => {
      this.answer = await api.call<any>(service, method, {
        model: { modelVersion: this.version.name },
        histories: { columns, persons: [{ personId: 'dashboard', waves }] },
        coverage,
        explainTop: 8,
      }, this.task);
    });
  }

  render() {
    if (!METHODS[this.task]) return nothing;
    return html`<details class="card"><summary>${t('predict')}</summary>
      <form @submit=${this.send}>
        <p id="waves-help">${t('predictHelp')}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('waves')}><table class="dense waves">
          <thead><tr><th scope="col">${t('inputsOf')}</th>${this.years.map((year) => html`<th scope="col">${year}</th>`)}</tr></thead>
          <tbody>${(this.version.inputColumns ?? []).map((column: string) => html`<tr><th scope="row">${column}</th>
            ${this.years.map((year) => html`<td><input name=${`${column} ${year}`} inputmode="decimal" pattern="-?[0-9]*[.]?[0-9]*"
              aria-label=${`${column} ${year}`} .value=${this.example.has(column) ? figure(this.example.get(column)) : ''} /></td>`)}</tr>`)}</tbody>
        </table></div>
        <p class="tools"><button>${t('predict')}</button>
          <button type="button" class="quiet" ?disabled=${this.years.length >= MOST_WAVES}
            @click=${() => (this.years = [this.years[0] - 1, ...this.years])}>${t('addWave')}</button>
          <button type="button" class="quiet" ?disabled=${this.years.length < 2}
            @click=${() => (this.years = this.years.slice(1))}>${t('removeWave')}</button></p>
      </form>
      ${this.alert()}
      <div role="status">${this.answer ? this.shown(this.answer) : nothing}</div>
    </details>`;
  }

  private shown(answer: any) {
    const p = answer.predictions?.[0] ?? {};
    const contributions = p.contributions ?? [];
    return html`<h3>${t('answer')}: ${p.targetYear}</h3>
      ${p.wage === undefined
        ? html`<chart-view .chart=${bars(t('answer'), (answer.classLabels ?? []).map(term), (p.probabilities ?? []).map(Number), 220)}></chart-view>`
        : html`<p class="prediction"><strong>${figure(p.wage)} ${term(answer.unit)}</strong> [${figure(p.lower ?? 0)}, ${figure(p.upper ?? 0)}] (${100 * METHODS[this.task][2]} %)</p>`}
      ${contributions.length
        ? html`<h3>${t('contributions')}</h3><table><tbody>${contributions.map((c: any) => html`<tr><th scope="row">${c.feature}</th><td class="figure">${figure(Number(c.effect ?? 0))}</td></tr>`)}</tbody></table>`
        : nothing}`;
  }
}
customElements.define('predict-form', PredictForm);

/** The lower end of the bin that holds the middle value, which for codes is the code itself. */
function middle(column: any): number | undefined {
  const counts = (column.binCounts ?? []).map(Number);
  const edges = (column.binEdges ?? []).map(Number);
  const half = counts.reduce((a: number, b: number) => a + b, 0) / 2;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i];
    if (sum >= half && sum > 0) return Math.round(edges[i]);
  }
  return undefined;
}
