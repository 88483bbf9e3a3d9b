import { html, nothing, type PropertyValues } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href } from '../route';
import { moment, t } from '../words';
import { figure, lastPart } from '../wire';
import { bars, shares } from '../charts/evaluations';
import { wide } from '../parts/wide';
import '../charts/chart-view';
import '../parts/panel-import';

const MOST_CHARTS = 60;

/** What was imported: columns, missing codes, distributions, satisfaction by year. */
export class PanelsPage extends Page {
  static properties = { ...Page.properties, task: { attribute: false }, panel: { attribute: false }, lists: { state: true }, one: { state: true }, described: { state: true } };
  declare task: string;
  declare panel: string;
  declare lists: { task: string; panels: any[]; error: string }[] | undefined;
  declare one: any;
  declare described: any;

  protected willUpdate(changes: PropertyValues) {
    if (changes.has('task') || changes.has('panel')) {
      document.title = `${t('panels')} · Ilteo`;
      void this.load();
    }
  }

  private async load() {
    this.one = undefined;
    this.described = undefined;
    const isLast = this.asks();
    await this.attempt(async () => {
      if (this.panel) {
        const name = `panels/${this.panel}`;
        const { panel } = await api.panels<any>(this.task, 'GetPanel', { name });
        if (isLast()) this.one = panel;
        const described = await api.panels<any>(this.task, 'DescribePanel', { name });
        if (isLast()) this.described = described;
        return;
      }
      const all = await api.tasks();
      if (all.some((task) => !task.reachable)) this.later(isLast, () => void this.load());
      const tasks = all.filter((task) => task.reachable);
      this.lists = await Promise.all(tasks.map(async ({ name }) => {
        try {
          return { task: name, panels: (await api.panels<any>(name, 'ListPanels')).panels ?? [], error: '' };
        } catch (failure) {
          return { task: name, panels: [], error: (failure as Error).message };
        }
      }));
    });
  }

  render() {
    return this.panel ? this.detail() : this.all();
  }

  private all() {
    return html`<h1>${t('panels')}</h1>${this.alert()}
      ${this.lists === undefined ? html`<p>${this.trouble ? '' : t('loading')}</p>` : nothing}
      ${this.lists?.length ? html`<panel-import .tasks=${this.lists.filter((l) => !l.error).map((l) => l.task)} @imported=${() => this.load()}></panel-import>` : nothing}
      ${this.lists?.map((list) => html`<section><h2>${list.task}</h2>
        ${list.error ? html`<p class="warn">${list.error}</p>` : list.panels.length === 0 ? html`<p class="empty">${t('noPanels')}</p>` : nothing}
        ${list.panels.length ? wide(`${t('panels')}: ${list.task}`, html`<table>
          <thead><tr><th scope="col">${t('panel')}</th><th scope="col">${t('mapping')}</th><th scope="col">${t('persons')}</th><th scope="col">${t('personYears')}</th>
            <th scope="col">${t('years')}</th><th scope="col">${t('created')}</th></tr></thead>
          <tbody>${list.panels.map((p) => html`<tr><th scope="row"><a href=${href(`panels/${list.task}/${lastPart(p.name)}`)}>${p.displayName || p.name}</a></th>
            <td>${p.mapping}</td><td class="figure">${Number(p.persons ?? 0).toLocaleString()}</td><td class="figure">${Number(p.personYears ?? 0).toLocaleString()}</td>
            <td>${p.firstYear}–${p.lastYear}</td><td>${moment(p.createTime)}</td></tr>`)}</tbody></table>`) : nothing}
      </section>`)}`;
  }

  private detail() {
    const p = this.one;
    if (!p) return html`${this.alert()}<p>${this.trouble ? '' : t('loading')}</p>`;
    const years = this.described?.years ?? [];
    const paid = years.filter((y: any) => Number(y.wageMedian ?? 0) > 0);
    const rated = years.filter((y: any) => y.satisfactionShares?.length);
    const size = rated[0]?.satisfactionShares.length ?? 0;
    const classes = [3, 5].includes(size) ? t(`classes${size}`).split(', ') : Array.from({ length: size }, (_, i) => String(i + 1));
    return html`<p><a href=${href('panels')}>${t('panels')}</a></p><h1>${p.displayName || p.name}</h1>${this.alert()}
      <p>${p.mapping} · ${t('persons')} ${Number(p.persons ?? 0).toLocaleString()} · ${t('personYears')} ${Number(p.personYears ?? 0).toLocaleString()} · ${p.firstYear}–${p.lastYear} · <code>${(p.digest ?? '').slice(0, 16)}</code></p>
      <div class="charts">${rated.length ? html`<chart-view .chart=${shares(t('satisfactionShares'), rated.map((y: any) => String(y.year)), classes, rated.map((y: any) => y.satisfactionShares))}></chart-view>` : nothing}
      ${paid.length ? html`<chart-view .chart=${bars(t('medianWage'), paid.map((y: any) => String(y.year)), paid.map((y: any) => Number(y.wageMedian)), 240)}></chart-view>` : nothing}</div>
      ${p.exclusions?.length ? html`<h2>${t('excluded')}</h2>${wide(t('excluded'), html`<table><tbody>${p.exclusions.map((e: any) => html`<tr><th scope="row">${e.reason}</th><td class="figure">${e.rows}</td><td>${e.firstPlace}</td></tr>`)}</tbody></table>`)}` : nothing}
      ${p.mappingYaml ? html`<details class="card"><summary>${t('mappingText')}: ${p.mapping}</summary><pre class="scroll" tabindex="0">${p.mappingYaml}</pre></details>` : nothing}
      <h2>${t('columns')}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('columns')}><table class="dense">
        <thead><tr><th scope="col">${t('column')}</th><th scope="col">${t('mapping')}</th><th scope="col">${t('missing')}</th><th scope="col">${t('missingCodes')}</th></tr></thead>
        <tbody>${(p.columns ?? []).map((c: any) => html`<tr><th scope="row">${c.name} <small>${c.label} ${c.unit}</small></th>
          <td>${c.source} <small>${String(c.role ?? '').replace('COLUMN_ROLE_', '').toLowerCase()}</small></td><td class="figure">${c.missingCount ?? 0}</td>
          <td>${(c.missingCodes ?? []).map((m: any) => `${m.code ?? 0}: ${m.count ?? 0}`).join(', ')}</td></tr>`)}</tbody></table></div>
      <h2>${t('distributions')}</h2>
      <div class="charts three">${(this.described?.columns ?? []).filter((c: any) => c.binCounts?.length).slice(0, MOST_CHARTS).map((c: any) =>
        html`<chart-view .chart=${bars(c.column, (c.binEdges ?? []).slice(0, c.binCounts.length).map((e: any) => figure(Number(e))), c.binCounts.map(Number))}></chart-view>`)}</div>`;
  }
}
customElements.define('panels-page', PanelsPage);
