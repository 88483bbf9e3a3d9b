import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, go } from '../route';
import { language, span, t } from '../words';
import { bestBaseline, figure, type Study } from '../wire';
import '../parts/study-charts';
import '../parts/trials-table';
import '../parts/study-notes';
import '../parts/audit-log';
import '../parts/study-settings';
import '../parts/confirm-dialog';
import '../parts/confirm-winners';
import type { ConfirmDialog } from '../parts/confirm-dialog';

const TABS = ['overview', 'trials', 'parallel', 'slice', 'contour', 'curves', 'edf', 'timeline', 'pareto', 'notes', 'audit', 'settings'];
const CHARTS = ['overview', 'parallel', 'slice', 'contour', 'curves', 'edf', 'timeline', 'pareto'];

/** One study, live: how it stands, what can be done, and its views. */
export class StudyPage extends Page {
  static properties = { ...Page.properties, study: { attribute: false }, tab: { attribute: false }, now: { state: true }, gone: { state: true } };
  declare study: string;
  declare tab: string;
  declare now: Study | undefined;
  declare gone: boolean;
  private stop = () => {};
  private followed = '';

  constructor() {
    super();
    this.gone = false;
  }

  protected willUpdate() {
    if (this.study && this.study !== this.followed) {
      this.followed = this.study;
      this.stop();
      this.now = undefined;
      void this.attempt(async () => {
        this.now = await api.getStudy(this.study);
        this.stop = api.follow(this.study, (study) => this.take(study), (gone) => (this.gone = gone));
      });
    }
  }

  private take(study: Study) {
    this.now = study;
    document.title = `${study.title} · ${study.finished}/${study.budget} · Ilteo`;
  }

  disconnectedCallback() {
    this.stop();
    this.followed = '';
    super.disconnectedCallback();
  }

  private async act(method: string) {
    await this.attempt(async () => {
      await api.act(method, this.study, 'from the dashboard');
      if (method === 'DeleteStudy') go('studies');
      else this.take(await api.getStudy(this.study));
    });
    await this.keepFocus();
  }

  private async ask(question: string, method: string) {
    const dialog = this.querySelector<ConfirmDialog>('confirm-dialog')!;
    if (await dialog.ask(question)) await this.act(method);
  }

  private actions(now: Study) {
    const state = now.state;
    return html`<span class="tools">
      ${['draft', 'stopped', 'paused'].includes(state)
        ? html`<button @click=${() => this.act('StartStudy')}>${state === 'draft' ? t('start') : t('resume')}</button>`
        : nothing}
      ${state === 'running' ? html`<button @click=${() => this.act('PauseStudy')}>${t('pause')}</button>` : nothing}
      ${['running', 'paused'].includes(state)
        ? html`<button @click=${() => this.ask(t('reallyStop'), 'StopStudy')}>${t('stop')}</button>`
        : nothing}
      ${['draft', 'completed', 'stopped', 'failed'].includes(state)
        ? html`<button class="quiet" @click=${() => this.ask(t('reallyDelete'), 'DeleteStudy')}>${t('remove')}</button>`
        : nothing}
    </span>`;
  }

  private tiles(now: Study) {
    const baseline = bestBaseline(now);
    const best = now.bestValues[0];
    const beats = baseline && best !== undefined && (now.objectives[0].maximize ? best > baseline.value : best < baseline.value);
    return html`<div class="tiles" aria-live="polite">
      <div class="tile">
        <span>${t('state')}</span>
        <strong class="state ${now.state}">${t(now.state)}</strong>
        <small>${this.gone ? t('reconnecting') : now.reason || (now.state === 'running' ? t('live') : '')}</small>
      </div>
      <div class="tile">
        <span>${t('progress')}</span>
        <strong>${t('ofFinished', now.finished, now.budget)}</strong>
        <progress max=${now.budget} value=${now.finished} aria-label=${t('progress')}></progress>
        <small>${t('nRunning', now.running)} · ${t('nPruned', now.pruned)} · ${t('nFailed', now.failed)}
          ${now.secondsLeft && now.state === 'running' ? ` · ${t('about', span(now.secondsLeft))}` : ''}</small>
      </div>
      <div class="tile">
        <span>${t('best')}: ${now.objectives.slice(0, Math.max(1, now.bestValues.length)).map((o) => o.metric).join(', ')}</span>
        <strong>${now.bestValues.length ? now.bestValues.map(figure).join(', ') : '–'}</strong>
        <small>${now.bestTrial ? html`<a href=${href(`studies/${now.id}/trials/${now.bestTrial}`)}>${t('trial')} ${now.bestTrial}</a>` : nothing}</small>
      </div>
      ${baseline
        ? html`<div class="tile">
            <span>${t('baseline')}: ${baseline.name}</span>
            <strong>${figure(baseline.value)}</strong>
            <small>${best === undefined ? '' : beats ? t('better') : t('notBetter')}</small>
          </div>`
        : nothing}
    </div>`;
  }

  private exports(now: Study) {
    const base = `/api/studies/${now.id}`;
    return html`<p class="exports"><span>${t('exports')}:</span>
      <a href="${base}/trials.csv" download>CSV</a>
      <a href="${base}/trials.jsonl" download>JSON</a>
      <a href="${base}/snippet.py" download>Python</a>
      <a href="/api/report?studies=${now.id}&language=${language()}" download>${t('report')} (HTML)</a>
      <a href="/api/report?studies=${now.id}&language=${language()}&format=markdown" download>${t('report')} (Markdown)</a>
    </p>`;
  }

  private body(now: Study) {
    if (CHARTS.includes(this.tab)) return html`<study-charts .now=${now} .tab=${this.tab}></study-charts>`;
    if (this.tab === 'trials') return html`<trials-table .now=${now}></trials-table>`;
    if (this.tab === 'notes') return html`<study-notes .now=${now}></study-notes>`;
    if (this.tab === 'audit') return html`<audit-log .study=${now.id}></audit-log>`;
    if (this.tab === 'settings') return html`<study-settings .now=${now}></study-settings>`;
    return html`<p>${t('notFound')}</p>`;
  }

  render() {
    const now = this.now;
    if (!now) return html`${this.alert()}<p>${this.trouble ? html`<a href=${href('studies')}>${t('backTo')}</a>` : t('loading')}</p>`;
    const tabs = TABS.filter((tab) => tab !== 'pareto' || now.objectives.length > 1);
    return html`<div class="title"><h1 tabindex="-1">${now.title}</h1>${this.actions(now)}</div>
      <p class="under">${now.tags.map((tag) => html`<a class="tag" href=${href('studies', { tag })}>${tag}</a>`)}${[now.task, now.architecture, now.panel, now.spec.sampler?.name, now.spec.pruner?.name].filter(Boolean).join(' · ')}</p>
      ${this.alert()} ${this.tiles(now)} ${this.exports(now)}
      ${['completed', 'stopped'].includes(now.state) && now.task ? html`<confirm-winners .study=${this.study}></confirm-winners>` : nothing}
      <nav class="tabs" aria-label=${t('study')}>
        ${tabs.map((tab) => html`<a href=${href(`studies/${now.id}/${tab}`)} aria-current=${tab === this.tab ? 'page' : nothing}>${t(tab)}</a>`)}
      </nav>
      ${this.body(now)}
      <confirm-dialog></confirm-dialog>`;
  }
}
customElements.define('study-page', StudyPage);
