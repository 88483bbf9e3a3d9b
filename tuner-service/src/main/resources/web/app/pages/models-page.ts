import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href } from '../route';
import { moment, t } from '../words';
import { figure, lastPart, plain } from '../wire';
import { wide } from '../parts/wide';
import '../parts/model-evaluation';
import '../parts/predict-form';
import '../parts/confirm-dialog';
import type { ConfirmDialog } from '../parts/confirm-dialog';

/** Versions of every task's models: aliases, lineage, the test-fold record; promote, roll back, predict. */
export class ModelsPage extends Page {
  static properties = { ...Page.properties, task: { attribute: false }, number: { attribute: false }, lists: { state: true }, version: { state: true }, done: { state: true } };
  declare task: string;
  declare number: string;
  declare lists: { task: string; primary: string; versions: any[]; aliases: any[]; events: any[]; error: string }[] | undefined;
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
    const isLast = this.asks();
    await this.attempt(async () => {
      if (this.number) {
        const name = `models/${this.task}/versions/${this.number}`;
        const { modelVersion } = await api.registry<any>(this.task, 'GetModelVersion', { name });
        if (isLast()) this.version = modelVersion;
        return;
      }
      const all = await api.tasks();
      if (all.some((task) => !task.reachable)) this.later(isLast, () => void this.load());
      const tasks = all.filter((task) => task.reachable);
      this.lists = await Promise.all(tasks.map(async ({ name, task }) => {
        const primary = task?.primaryMetric ?? '';
        try {
          const [versions, aliases, events] = await Promise.all([
            api.registry<any>(name, 'ListModelVersions'), api.registry<any>(name, 'ListAliases'), api.registry<any>(name, 'ListAliasEvents', { pageSize: 50 })]);
          return { task: name, primary, versions: versions.modelVersions ?? [], aliases: aliases.aliases ?? [], events: events.events ?? [], error: '' };
        } catch (failure) {
          return { task: name, primary, versions: [], aliases: [], events: [], error: (failure as Error).message };
        }
      }));
    });
  }

  /** Asks with both versions named; the alias must still point at what the person saw. */
  private async rollBack(task: string, alias: any, events: any[]) {
    const before = events.find((e) => e.alias === alias.alias && e.toVersion === alias.modelVersion)?.fromVersion ?? '';
    const dialog = this.querySelector<ConfirmDialog>('confirm-dialog')!;
    if (!(await dialog.ask(t('reallyRollBack', alias.alias, lastPart(alias.modelVersion), lastPart(before) || '–')))) return;
    await this.attempt(async () => {
      const answer = await api.registry<any>(task, 'RollBackAlias', { alias: alias.alias, reason: 'rolled back in the dashboard' });
      await this.load();
      this.done = t('rolledBack', alias.alias, answer.alias.modelVersion);
    });
    await this.keepFocus();
  }

  private async point(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const alias = String(data.get('alias'));
    const dialog = this.querySelector<ConfirmDialog>('confirm-dialog')!;
    if (!(await dialog.ask(t('reallyPoint', alias, this.number)))) return;
    await this.attempt(async () => {
      await api.registry(this.task, 'SetAlias', { alias, modelVersion: this.version.name, reason: data.get('reason') });
      await this.load();
      this.done = t('pointed', alias, this.version.name);
    });
  }

  render() {
    return html`${this.number ? this.one() : this.all()}<confirm-dialog></confirm-dialog>`;
  }

  private all() {
    return html`<h1 tabindex="-1">${t('models')}</h1>${this.alert()}<p role="status">${this.trouble ? '' : this.done}</p>
      ${this.lists === undefined ? html`<p>${this.trouble ? '' : t('loading')}</p>` : nothing}
      ${this.lists?.length === 0 ? html`<p class="empty">${t('noTasks')}</p>` : nothing}
      ${this.lists?.map((list) => html`<section><h2>${list.task}</h2>
        ${list.error ? html`<p class="warn">${list.error}</p>` : nothing}
        ${list.aliases.map((a) => html`<p><strong>${a.alias}</strong> → <a href=${href(`models/${list.task}/${lastPart(a.modelVersion)}`)}>${t('version')} ${lastPart(a.modelVersion)}</a>
          · ${moment(a.updateTime)} <button class="quiet" ?disabled=${!list.events.some((e) => e.alias === a.alias && e.toVersion === a.modelVersion && e.fromVersion)}
            @click=${() => this.rollBack(list.task, a, list.events)}>${t('rollBack')}</button></p>`)}
        ${list.versions.length === 0 ? html`<p class="empty">${t('noModels')}</p>` : wide(`${t('models')}: ${list.task}`, html`<table>
          <thead><tr><th scope="col">${t('version')}</th><th scope="col">${t('architecture')}</th><th scope="col">${t('metrics')}</th><th scope="col">${t('ensemble')}</th>
            <th scope="col">${t('aliases')}</th><th scope="col">${t('created')}</th></tr></thead>
          <tbody>${list.versions.map((v) => html`<tr><th scope="row"><a href=${href(`models/${list.task}/${lastPart(v.name)}`)}>${lastPart(v.name)}</a></th>
            <td>${v.architecture}</td><td>${this.brief(v.validationMetrics, list.primary)}</td><td>${v.ensembleSize ?? 1}</td><td>${(v.aliases ?? []).join(', ')}</td><td>${moment(v.createTime)}</td></tr>`)}</tbody></table>`)}
        ${list.events.length ? this.aliasHistory(list) : nothing}
      </section>`)}`;
  }

  private aliasHistory(list: { task: string; events: any[] }) {
    const link = (name: string) => (name ? html`<a href=${href(`models/${list.task}/${lastPart(name)}`)}>${lastPart(name)}</a>` : '–');
    return html`<details class="card"><summary>${t('aliasHistory')} (${list.task})</summary>${wide(`${t('aliasHistory')} (${list.task})`, html`<table class="dense">
      <thead><tr><th scope="col">${t('when')}</th><th scope="col">${t('alias')}</th><th scope="col">${t('from')}</th><th scope="col">${t('to')}</th>
        <th scope="col">${t('actor')}</th><th scope="col">${t('reason')}</th></tr></thead>
      <tbody>${list.events.map((e) => html`<tr><td>${moment(e.eventTime)}</td><td>${e.alias}</td><td>${link(e.fromVersion ?? '')}</td><td>${link(e.toVersion)}</td>
        <td>${e.actor}</td><td>${e.reason}</td></tr>`)}</tbody></table>`)}</details>`;
  }

  /** The figure that the task is about first, then others of everybody. */
  private brief(metrics: any[] | undefined, primary: string) {
    const all = metrics ?? [];
    const whole = all.filter((m) => !all.some((o) => m.name.startsWith(`${o.name}_`)) && !m.name.startsWith('train_'));
    return [...whole.filter((m) => m.name === primary), ...whole.filter((m) => m.name !== primary)].slice(0, 3).map((m) => `${m.name} ${figure(Number(m.value ?? 0))}`).join(', ');
  }

  private one() {
    const v = this.version;
    if (!v) return html`${this.alert()}<p>${this.trouble ? '' : t('loading')}</p>`;
    const lineage = v.lineage ?? {};
    const studies = [...new Set((lineage.attempts ?? []).map((a: string) => a.split('/').slice(0, 4).join('/')))] as string[];
    return html`<p><a href=${href('models')}>${t('models')}</a></p>
      <h1>${this.task} · ${t('version')} ${this.number}</h1>${this.alert()}<p role="status">${this.trouble ? '' : this.done}</p>
      <p>${v.architecture} · ${t('ensemble')}: ${v.ensembleSize ?? 1} · ${moment(v.createTime)} ${(v.aliases ?? []).map((a: string) => html`<span class="state completed">${a}</span>`)}</p>
      <h2>${t('lineage')}</h2>
      <ol class="lineage">
        <li><span>${t('panel')}</span><a href=${href(`panels/${this.task}/${lastPart(lineage.data?.panel ?? '')}`)}>${lineage.data?.panel}</a><small>${(lineage.panelDigest ?? '').slice(0, 16)}</small></li>
        <li><span>${t('trial')}</span>${studies.map((s) => html`<a href=${href(s)}>${s}</a> `)}<small>${t('seed')} ${(lineage.seeds ?? []).join(', ')}</small></li>
        <li><span>${t('candidate')}</span><code>${(v.artifactDigest ?? '').slice(0, 16)}</code><small>${figure(Number(v.artifactBytes ?? 0) / 1024)} KiB · ${lineage.codeVersion}</small></li>
        <li><span>${t('version')}</span>${v.name}<small>${t('readOnce', (v.evaluations ?? [])[0]?.testSequences ?? 0, (v.evaluations ?? [])[0]?.testPersons ?? 0)}</small></li>
        ${(v.aliases ?? []).map((a: string) => html`<li><span>${t('alias')}</span><strong>${a}</strong></li>`)}
      </ol>
      <div class="columns">
        <section><h2>${t('parameters')}</h2><table><tbody>${(v.parameters ?? []).map((p: any) => html`<tr><th scope="row">${p.name}</th><td class="figure">${figure(plain(p.value))}</td></tr>`)}</tbody></table></section>
        <section><h2>${t('setAlias')}</h2><form class="card" @submit=${this.point}>
          <label>${t('alias')}<input name="alias" required .value=${'champion'} /></label>
          <label>${t('reasonAsk')}<input name="reason" required /></label>
          <button>${t('promote')}</button></form></section>
      </div>
      <h2>${t('evaluation')}</h2>
      ${(v.evaluations ?? []).length === 0 ? html`<p class="empty">${t('noEvaluation')}</p>` : v.evaluations.map((e: any) => html`<model-evaluation .record=${e}></model-evaluation>`)}
      <predict-form .task=${this.task} .version=${v}></predict-form>`;
  }
}
customElements.define('models-page', ModelsPage);
