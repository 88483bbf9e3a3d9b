import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href } from '../route';
import { moment, t } from '../words';
import { figure, lastPart, plain } from '../wire';
import * as charts from '../charts/evaluations';
import '../charts/chart-view';
import '../parts/predict-form';
import '../parts/confirm-dialog';
import type { ConfirmDialog } from '../parts/confirm-dialog';

/** Versions of every task's models: aliases, lineage, the test-fold record; promote, roll back, predict. */
export class ModelsPage extends Page {
  static properties = { ...Page.properties, task: { attribute: false }, number: { attribute: false }, lists: { state: true }, version: { state: true }, done: { state: true } };
  declare task: string;
  declare number: string;
  declare lists: { task: string; versions: any[]; aliases: any[]; error: string }[] | undefined;
  declare version: any;
  declare done: string;

  constructor() {
    super();
    this.done = '';
  }

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('task') || changes.has('number')) {
      document.title = `${t('models')} · Ilteo`;
      void this.load();
    }
  }

  private async load() {
    this.version = undefined;
    await this.attempt(async () => {
      if (this.number) {
        const name = `models/${this.task}/versions/${this.number}`;
        this.version = (await api.registry<any>(this.task, 'GetModelVersion', { name })).modelVersion;
        return;
      }
      const tasks = (await api.tasks()).filter((task) => task.reachable);
      this.lists = await Promise.all(tasks.map(async ({ name }) => {
        try {
          const [versions, aliases] = await Promise.all([
            api.registry<any>(name, 'ListModelVersions'), api.registry<any>(name, 'ListAliases')]);
          return { task: name, versions: versions.modelVersions ?? [], aliases: aliases.aliases ?? [], error: '' };
        } catch (failure) {
          return { task: name, versions: [], aliases: [], error: (failure as Error).message };
        }
      }));
    });
  }

  private async rollBack(task: string, alias: string) {
    const dialog = this.querySelector<ConfirmDialog>('confirm-dialog')!;
    if (!(await dialog.ask(`${t('rollBack')}: ${task} ${alias}?`))) return;
    await this.attempt(() => api.registry(task, 'RollBackAlias', { alias, reason: 'rolled back in the dashboard' }));
    await this.load();
  }

  private async point(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    await this.attempt(() =>
      api.registry(this.task, 'SetAlias', { alias: data.get('alias'), modelVersion: this.version.name, reason: data.get('reason') }));
    if (!this.trouble) await this.load();
  }

  render() {
    return html`${this.number ? this.one() : this.all()}<confirm-dialog></confirm-dialog>`;
  }

  private all() {
    return html`<h1>${t('models')}</h1>${this.alert()}
      ${this.lists === undefined ? html`<p>${this.trouble ? '' : t('loading')}</p>` : nothing}
      ${this.lists?.length === 0 ? html`<p class="empty">${t('noTasks')}</p>` : nothing}
      ${this.lists?.map((list) => html`<section><h2>${list.task}</h2>
        ${list.error ? html`<p class="warn">${list.error}</p>` : nothing}
        ${list.aliases.map((a) => html`<p><strong>${a.alias}</strong> → <a href=${href(`models/${list.task}/${lastPart(a.modelVersion)}`)}>${t('version')} ${lastPart(a.modelVersion)}</a>
          · ${moment(a.updateTime)} <button class="quiet" @click=${() => this.rollBack(list.task, a.alias)}>${t('rollBack')}</button></p>`)}
        ${list.versions.length === 0 ? html`<p class="empty">${t('noModels')}</p>` : html`<table>
          <thead><tr><th scope="col">${t('version')}</th><th scope="col">${t('architecture')}</th><th scope="col">${t('metrics')}</th><th scope="col">${t('ensemble')}</th>
            <th scope="col">${t('aliases')}</th><th scope="col">${t('created')}</th></tr></thead>
          <tbody>${list.versions.map((v) => html`<tr><th scope="row"><a href=${href(`models/${list.task}/${lastPart(v.name)}`)}>${lastPart(v.name)}</a></th>
            <td>${v.architecture}</td><td>${this.brief(v.validationMetrics)}</td><td>${v.ensembleSize ?? 1}</td><td>${(v.aliases ?? []).join(', ')}</td><td>${moment(v.createTime)}</td></tr>`)}</tbody></table>`}
      </section>`)}`;
  }

  private brief(metrics: any[] | undefined) {
    return (metrics ?? []).slice(0, 3).map((m) => `${m.name} ${figure(Number(m.value ?? 0))}`).join(', ');
  }

  private one() {
    const v = this.version;
    if (!v) return html`${this.alert()}<p>${this.trouble ? '' : t('loading')}</p>`;
    const lineage = v.lineage ?? {};
    const studies = [...new Set((lineage.attempts ?? []).map((a: string) => a.split('/').slice(0, 4).join('/')))] as string[];
    return html`<p><a href=${href('models')}>${t('models')}</a></p>
      <h1>${this.task} · ${t('version')} ${this.number}</h1>${this.alert()}
      <p>${v.architecture} · ${t('ensemble')}: ${v.ensembleSize ?? 1} · ${moment(v.createTime)} ${(v.aliases ?? []).map((a: string) => html`<span class="state completed">${a}</span>`)}</p>
      <h2>${t('lineage')}</h2>
      <ol class="lineage">
        <li><span>${t('panel')}</span><a href=${href(`panels/${this.task}/${lastPart(lineage.data?.panel ?? '')}`)}>${lineage.data?.panel}</a><small>${(lineage.panelDigest ?? '').slice(0, 16)}</small></li>
        <li><span>${t('trial')}</span>${studies.map((s) => html`<a href=${href(s)}>${s}</a> `)}<small>${t('seed')} ${(lineage.seeds ?? []).join(', ')}</small></li>
        <li><span>${t('candidate')}</span><code>${(v.artifactDigest ?? '').slice(0, 16)}</code><small>${figure(Number(v.artifactBytes ?? 0) / 1024)} KiB · ${lineage.codeVersion}</small></li>
        <li><span>${t('version')}</span>${v.name}<small>${(v.aliases ?? []).join(', ')}</small></li>
      </ol>
      <div class="columns">
        <section><h2>${t('parameters')}</h2><table><tbody>${(v.parameters ?? []).map((p: any) => html`<tr><th scope="row">${p.name}</th><td class="figure">${figure(plain(p.value))}</td></tr>`)}</tbody></table></section>
        <section><h2>${t('setAlias')}</h2><form class="card" @submit=${this.point}>
          <label>${t('alias')}<input name="alias" required .value=${'champion'} /></label>
          <label>${t('reasonAsk')}<input name="reason" required /></label>
          <button>${t('promote')}</button></form></section>
      </div>
      <h2>${t('evaluation')}</h2>
      ${(v.evaluations ?? []).length === 0 ? html`<p class="empty">${t('noEvaluation')}</p>` : v.evaluations.map((e: any) => this.evaluation(e))}
      <predict-form .task=${this.task} .version=${v}></predict-form>`;
  }

  private evaluation(e: any) {
    const rows = [e.model, ...(e.baselines ?? [])].filter(Boolean);
    const names = [...new Set(rows.flatMap((r: any) => (r.metrics ?? []).map((m: any) => m.name)))] as string[];
    const cell = (score: any, name: string) => {
      const m = (score.metrics ?? []).find((x: any) => x.name === name);
      return m ? html`${figure(Number(m.value ?? 0))} ${m.lower || m.upper ? html`<small>[${figure(Number(m.lower ?? 0))}, ${figure(Number(m.upper ?? 0))}]</small>` : nothing}` : '–';
    };
    const d = e.diagnostics ?? {};
    const drawn = [
      ...(d.observed?.length ? [charts.scatter(d, '')] : []),
      ...(d.confusion?.length ? [charts.confusion(d)] : []),
      ...(d.reliabilityCount?.length ? [charts.reliability(d)] : []),
      ...(d.groups?.length ? [charts.bands(d.groups, d.groups[0].metrics?.[0]?.name ?? '')] : []),
    ];
    return html`<p>${moment(e.evaluateTime)} · ${e.testSequences} · ${t('persons')} ${e.testPersons} · <a href=${href(e.study ?? '')}>${e.study}</a></p>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('evaluation')}><table>
        <thead><tr><th scope="col">${t('model')}</th>${names.map((n) => html`<th scope="col">${n}</th>`)}</tr></thead>
        <tbody>${rows.map((r: any) => html`<tr><th scope="row">${r.name}</th>${names.map((n) => html`<td>${cell(r, n)}</td>`)}</tr>`)}
          ${(e.differences ?? []).map((r: any) => html`<tr class="differs"><th scope="row">${t('difference')}: ${r.name}</th>${names.map((n) => html`<td>${cell(r, n)}</td>`)}</tr>`)}</tbody>
      </table></div>
      <div class="charts two">${drawn.map((chart) => html`<chart-view .chart=${chart}></chart-view>`)}</div>`;
  }
}
customElements.define('models-page', ModelsPage);
