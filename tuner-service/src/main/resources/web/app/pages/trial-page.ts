import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { moment, span, t } from '../words';
import { figure, lastPart, ofEverybody, plain, seconds, word, type Study, type WireTrial } from '../wire';
import { curves, type Curve } from '../charts/studies';
import { wide } from '../parts/wide';
import '../charts/chart-view';
import '../parts/confirm-dialog';
import type { ConfirmDialog } from '../parts/confirm-dialog';

/** Reported metrics as one curve a metric. */
export function curvesOf(number: string, reports: any[]): Map<string, Curve> {
  const found = new Map<string, Curve>();
  for (const report of reports) {
    for (const metric of report.metrics ?? []) {
      const curve = found.get(metric.name) ?? { trialNumber: Number(number), steps: [], values: [] };
      curve.steps!.push(String(report.step ?? 0));
      curve.values!.push(Number(metric.value ?? 0));
      found.set(metric.name, curve);
    }
  }
  return found;
}

/** One trial: what it was, what it did epoch by epoch, why it ended, and what can be done with it. */
export class TrialPage extends Page {
  static properties = {
    ...Page.properties, study: { attribute: false }, number: { attribute: false }, trial: { state: true }, now: { state: true },
    reports: { state: true }, done: { state: true },
  };
  declare study: string;
  declare number: string;
  declare trial: WireTrial | undefined;
  declare now: Study | undefined;
  declare reports: any[];
  declare done: string;
  private stop = () => {};

  constructor() {
    super();
    this.reports = [];
    this.done = '';
  }

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('study') || changes.has('number')) {
      this.stop();
      this.trial = undefined;
      this.done = '';
      document.title = `${t('trial')} ${this.number} · Ilteo`;
      this.stop = api.follow(this.study, (study) => { this.now = study; void this.load(); }, () => {});
      void this.load();
    }
  }

  disconnectedCallback() {
    this.stop();
    super.disconnectedCallback();
  }

  private async load() {
    const ended = this.trial && !['TRIAL_STATE_RUNNING', 'TRIAL_STATE_WAITING'].includes(this.trial.state);
    if (ended) return;
    const isLast = this.asks();
    await this.attempt(async () => {
      const answers = await Promise.all([api.getTrial(this.study, this.number), api.measurements(this.study, this.number)]);
      if (isLast()) [this.trial, this.reports] = answers;
    });
  }

  private async again() {
    await this.attempt(async () => {
      const answer = await api.enqueue(this.study, this.trial!.parameters ?? [], `again as trial ${this.number}`);
      this.done = t('enqueued', lastPart(answer.trials[0].name));
    });
  }

  private async promote(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const dialog = this.querySelector<ConfirmDialog>('confirm-dialog')!;
    if (!(await dialog.ask(t('reallyPromote', this.number, String(data.get('alias')))))) return;
    await this.attempt(async () => {
      const answer = await api.promote(this.trial!.name, String(data.get('alias')), String(data.get('reason')), data.has('force'));
      this.done = t('promoted', answer.modelVersion);
    });
  }

  render() {
    const trial = this.trial;
    if (!trial) return html`${this.alert()}<p>${this.trouble ? '' : t('loading')}</p>`;
    const state = word(trial.state, 'TRIAL_STATE_');
    const all = this.at.query.get('figures') === 'all';
    const found = [...curvesOf(this.number, this.reports)];
    const whole = new Set(ofEverybody(found.map(([metric]) => metric)));
    return html`<p><a href=${href(`studies/${this.study}/trials`)}>${this.now?.title ?? t('study')}</a></p>
      <div class="title"><h1>${t('trial')} ${this.number}</h1>
        <span class="tools">${this.now && !['completed', 'failed'].includes(this.now.state) ? html`<button @click=${this.again}>${t('retry')}</button>` : nothing}</span></div>
      <p><span class="state ${state}">${t(state)}</span> ${word(trial.origin, 'TRIAL_ORIGIN_')} · ${moment(trial.startTime)}
        · ${span(seconds(trial.startTime, trial.endTime))} · ${t('seed')} ${trial.seed} ${trial.reason ? html`<em>${trial.reason}</em>` : nothing}</p>
      ${this.alert()}<p role="status">${this.trouble ? '' : this.done}</p>
      <div class="columns">
        ${this.pairs(t('parameters'), (trial.parameters ?? []).map((p) => [p.name, figure(plain(p.value))]))}
        ${this.pairs(t('metrics'), (trial.metrics ?? []).map((m) => [m.name, figure(Number(m.value ?? 0))]))}
      </div>
      ${trial.pruningDecision ? this.decision(trial.pruningDecision) : nothing}
      ${whole.size < found.length
        ? html`<p><label class="check"><input type="checkbox" .checked=${all} @change=${() => setQuery({ figures: all ? '' : 'all' })} />${t('allMetrics')}</label></p>`
        : nothing}
      <div class="charts two">${found.filter(([metric]) => all || whole.has(metric)).map(([metric, curve]) => html`<chart-view .chart=${curves([curve], metric, metric)}></chart-view>`)}</div>
      <h2>${t('attempts')}</h2>
      ${wide(t('attempts'), html`<table>
        <thead><tr><th scope="col">${t('attempt')}</th><th scope="col">${t('state')}</th><th scope="col">${t('replica')}</th><th scope="col">${t('worker')}</th><th scope="col">${t('started')}</th>
          <th scope="col">${t('duration')}</th><th scope="col">${t('checkpoint')}</th><th scope="col">${t('reason')}</th></tr></thead>
        <tbody>${(trial.attempts ?? []).map((a) => html`<tr><td>${lastPart(a.name)}</td><td>${t(word(a.state, 'ATTEMPT_STATE_'))}</td><td>${a.replica || '–'}</td><td>${a.worker}</td>
          <td>${moment(a.startTime)}</td><td>${span(seconds(a.startTime, a.endTime))}</td><td>${a.checkpoint}</td><td>${a.reason}</td></tr>`)}</tbody>
      </table>`)}
      ${this.artifacts(trial)}
      ${trial.candidate ? this.promotion(trial.candidate) : nothing}<confirm-dialog></confirm-dialog>`;
  }

  private pairs(title: string, rows: string[][]) {
    return html`<section><h2>${title}</h2><table><tbody>
      ${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="figure">${value}</td></tr>`)}
    </tbody></table></section>`;
  }

  private decision(decision: any) {
    const asked = Number.isFinite(Number(decision.value)) && Number.isFinite(Number(decision.threshold ?? 0));
    return html`<section><h2>${t('pruningDecision')}: ${decision.pruned ? t('prunedWord') : t('kept')}</h2>
      <p>${!asked ? t('keptUnasked', decision.rule, decision.step ?? 0) : t('prunedBecause', decision.rule, decision.step ?? 0, figure(Number(decision.value ?? 0)), figure(Number(decision.threshold ?? 0)))}</p>
      ${decision.comparisonSet?.length
        ? html`<p>${t('comparedWith')}: ${decision.comparisonSet.slice(0, 200).map((name: string) => html`<a href=${href(name)}>${lastPart(name)}</a> `)}</p>`
        : nothing}</section>`;
  }

  /** What training left behind: the best epoch's network, and the states from which it can go on. */
  private artifacts(trial: WireTrial) {
    const kept = [
      ...(trial.candidate ? [[t('candidate'), trial.candidate]] : []),
      ...(trial.attempts ?? []).filter((a) => a.checkpoint).map((a) => [`${t('checkpoint')}, ${t('attempt')} ${lastPart(a.name)}`, a.checkpoint]),
    ];
    return kept.length === 0 ? nothing : html`<h2>${t('artifacts')}</h2>${wide(t('artifacts'), html`<table><tbody>
      ${kept.map(([what, name]) => html`<tr><th scope="row">${what}</th><td><code>${name}</code></td></tr>`)}</tbody></table>`)}`;
  }

  private promotion(candidate: string) {
    return html`<details class="card"><summary>${t('promote')} (${candidate})</summary>
      <form class="grid" @submit=${this.promote}>
        <p class="wide">${t('promoteAsk')}</p>
        <label>${t('alias')}<input name="alias" required pattern="[a-z0-9\\-]+" .value=${'champion'} /></label>
        <label>${t('reasonAsk')}<input name="reason" required /></label>
        <label class="check"><input type="checkbox" name="force" />${t('force')}</label>
        <span class="tools"><button>${t('promote')}</button></span>
      </form></details>`;
  }
}
customElements.define('trial-page', TrialPage);
