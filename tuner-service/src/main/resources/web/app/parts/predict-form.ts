import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';
import { figure } from '../wire';
import { bars } from '../charts/evaluations';
import '../charts/chart-view';

const METHODS: Record<string, [string, string]> = {
  wage: ['ilteo.wage.v1.WageService', 'PredictWages'],
  satisfaction: ['ilteo.satisfaction.v1.SatisfactionService', 'PredictSatisfaction'],
};

/** Tries a prediction for one person, whose history is typed as comma-separated lines. */
export class PredictForm extends Page {
  static properties = { ...Page.properties, task: { attribute: false }, version: { attribute: false }, answer: { state: true } };
  declare task: string;
  declare version: any;
  declare answer: any;

  private async send(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const columns = String(data.get('columns')).split(',').map((c) => c.trim()).filter(Boolean);
    const waves = String(data.get('waves')).trim().split('\n').map((line) => {
      const cells = line.split(',').map((c) => c.trim());
      return { year: Number(cells[0]), values: columns.map((_, i) => (cells[i + 1] ? Number(cells[i + 1]) : 'NaN')) };
    });
    const [service, method] = METHODS[this.task];
    this.answer = undefined;
    await this.attempt(async () => {
      this.answer = await api.call<any>(service, method, {
        model: { modelVersion: this.version.name },
        histories: { columns, persons: [{ personId: 'dashboard', waves }] },
        coverage: 0.9,
        explainTop: 8,
      }, this.task);
    });
  }

  render() {
    if (!METHODS[this.task]) return nothing;
    return html`<details class="card"><summary>${t('predict')}</summary>
      <form @submit=${this.send}>
        <label class="wide">${t('columns')}<textarea name="columns" rows="3" .value=${(this.version.inputColumns ?? []).join(', ')}></textarea></label>
        <label class="wide">${t('waves')}<textarea name="waves" rows="5" required aria-describedby="waves-help"></textarea></label>
        <p id="waves-help"><small>${t('predictHelp')}</small></p>
        <button>${t('predict')}</button>
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
        ? html`<chart-view .chart=${bars(t('answer'), answer.classLabels ?? [], (p.probabilities ?? []).map(Number), 220)}></chart-view>`
        : html`<p><strong>${figure(p.wage)} ${answer.unit}</strong> [${figure(p.lower ?? 0)}, ${figure(p.upper ?? 0)}] (90 %)</p>`}
      ${contributions.length
        ? html`<table><tbody>${contributions.map((c: any) => html`<tr><th scope="row">${c.feature}</th><td class="figure">${figure(Number(c.effect ?? 0))}</td></tr>`)}</tbody></table>`
        : nothing}`;
  }
}
customElements.define('predict-form', PredictForm);
