import { html, nothing } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { go } from '../route';
import { language, t } from '../words';
import { plain, tagsOf, type ParameterSpec } from '../wire';

const SAMPLERS = ['tpe', 'gp', 'cmaes', 'random', 'sobol', 'halton', 'grid', 'nsga2'];
const PRUNERS = ['median', 'none', 'percentile', 'successive_halving', 'hyperband', 'extrapolation', 'patient', 'wilcoxon', 'threshold'];
const count = (n: unknown) => Number(n ?? 0).toLocaleString();
const text = (thing: any, name: string): string => thing?.[`${name}${language() === 'ko' ? 'Ko' : 'En'}`] ?? '';

/** A form made from what the model services describe; the server's rules decide what is accepted. */
export class NewStudy extends Page {
  static properties = { ...Page.properties, tasks: { state: true }, task: { state: true }, architecture: { state: true }, panels: { state: true } };
  declare tasks: api.TaskStatus[] | undefined;
  declare task: string;
  declare architecture: string;
  declare panels: any[];

  constructor() {
    super();
    this.panels = [];
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = `${t('newStudy')} · Ilteo`;
    void this.load();
  }

  private async load() {
    const isLast = this.asks();
    await this.attempt(async () => {
      this.tasks = await api.tasks();
      const first = this.tasks.find((task) => task.reachable);
      if (first) this.choose(first.name);
      else this.later(isLast, () => void this.load());
    });
  }

  private choose(task: string) {
    this.task = task;
    this.architecture = this.described()?.defaultArchitecture ?? '';
    this.panels = [];
    // A task without panels, such as an outside one, has none to offer.
    api.panels<any>(task, 'ListPanels').then((list) => {
      if (task !== this.task) return;
      // The largest first: a small one is most often a trial import, with too few persons to learn from.
      this.panels = (list.panels ?? []).toSorted((a: any, b: any) => Number(b.personYears ?? 0) - Number(a.personYears ?? 0));
    }, () => {});
  }

  private described = () => this.tasks?.find((task) => task.name === this.task)?.task;
  private space = (): ParameterSpec[] =>
    this.described()?.architectures?.find((a: any) => a.name === this.architecture)?.searchSpace?.parameters ?? [];

  /** The architecture's own space with the ranges that were typed. */
  private ranged(data: FormData): ParameterSpec[] {
    return this.space().map((spec) => {
      const low = String(data.get(`${spec.name} min`) ?? '');
      const high = String(data.get(`${spec.name} max`) ?? '');
      if (spec.doubleDomain)
        return { ...spec, defaultValue: undefined, doubleDomain: { ...spec.doubleDomain, min: Number(low), max: Number(high) } };
      if (spec.integerDomain)
        return { ...spec, defaultValue: undefined, integerDomain: { ...spec.integerDomain, min: low.trim(), max: high.trim() } };
      if (spec.categoricalDomain)
        return { ...spec, defaultValue: undefined, categoricalDomain: { choices: data.getAll(spec.name).map(String) } };
      return spec;
    });
  }

  private async send(event: SubmitEvent) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const read = (name: string) => String(data.get(name) ?? '');
    const constraints = this.described()?.architectures?.find((a: any) => a.name === this.architecture)?.searchSpace?.constraints;
    await this.attempt(async () => {
      const study = await api.createStudy({
        displayName: read('name'),
        start: (event.submitter as HTMLButtonElement | null)?.value === 'start',
        reason: 'created in the dashboard',
        tags: tagsOf(read('tags')),
        spec: {
          task: this.task,
          architecture: this.architecture,
          data: read('panel') ? { panel: read('panel'), protocol: read('protocol'), foldSeed: '1' } : undefined,
          searchSpace: { parameters: this.ranged(data), constraints },
          objectives: this.objectives(data.getAll('objective').map(String).filter(Boolean)),
          sampler: { name: read('sampler') },
          pruner: { name: read('pruner') },
          budget: Number(read('budget')),
          parallelism: Number(read('parallelism')),
          seed: read('seed') || '0',
          maxEpochs: Number(read('epochs') || 0),
        },
      });
      go(`studies/${study.id}`);
    });
  }

  private objectives(names: string[]) {
    const metrics = this.described()?.metrics ?? [];
    return names.map((metric) => ({ metric, direction: metrics.find((m: any) => m.name === metric)?.direction }));
  }

  private range(spec: ParameterSpec) {
    const domain = spec.doubleDomain ?? spec.integerDomain;
    const help = text(spec, 'description');
    if (domain)
      return html`<fieldset class="range"><legend>${spec.name}</legend><small>${help}${domain.scale === 'SCALE_LOG' ? ' (log)' : ''}</small>
        <label>${t('min')}<input name="${spec.name} min" inputmode="decimal" required .value=${String(domain.min ?? 0)} /></label>
        <label>${t('max')}<input name="${spec.name} max" inputmode="decimal" required .value=${String(domain.max ?? 0)} /></label></fieldset>`;
    if (spec.categoricalDomain)
      return html`<fieldset><legend>${spec.name}</legend><small>${help}</small>
        ${spec.categoricalDomain.choices.map(
          (choice) => html`<label class="check"><input type="checkbox" name=${spec.name} value=${choice} checked />${choice}</label>`,
        )}</fieldset>`;
    return html`<fieldset><legend>${spec.name}</legend><small>${help}</small>
      ${spec.constant ? `${t('fixed')}: ${plain(spec.constant)}` : spec.discreteDomain?.values.join(', ')}</fieldset>`;
  }

  private pick(name: string, label: string, options: string[], chosen = '') {
    return html`<label>${label}<select name=${name}>
      ${options.map((o) => html`<option value=${o} ?selected=${o === chosen}>${o}</option>`)}
    </select></label>`;
  }

  render() {
    const reachable = this.tasks?.filter((task) => task.reachable) ?? [];
    const task = this.described();
    return html`<h1>${t('newStudy')}</h1>
      ${this.tasks?.filter((s) => !s.reachable).map((s) => html`<p class="warn">${s.name} (${s.target}): ${t('unreachable')}</p>`)}
      ${this.tasks === undefined ? html`<p>${t('loading')}</p>` : reachable.length === 0 ? html`<p class="empty">${t('noTasks')}</p>` : nothing}
      ${task
        ? html`<form @submit=${this.send}>
            <div class="grid card">
              <label>${t('name')}<input name="name" required maxlength="200" .value=${`${text(task, 'displayName') || task.name} ${new Date().toISOString().slice(0, 10)}`} /></label>
              <label>${t('tags')}<input name="tags" placeholder=${t('tagsHelp')} /></label>
              <label>${t('task')}<select name="task" @change=${(e: Event) => this.choose((e.target as HTMLSelectElement).value)}>
                ${reachable.map((r) => html`<option value=${r.name} ?selected=${r.name === this.task}>${text(r.task, 'displayName') || r.name}</option>`)}
              </select></label>
              <label>${t('architecture')}<select name="architecture" @change=${(e: Event) => (this.architecture = (e.target as HTMLSelectElement).value)}>
                ${task.architectures.map((a: any) => html`<option value=${a.name} ?selected=${a.name === this.architecture}>${a.name}</option>`)}
              </select></label>
              ${this.panels.length
                ? html`<label>${t('panel')}<select name="panel">${this.panels.map((p) => html`<option value=${p.name}>${p.displayName || p.name} · ${t('personsAndYears', count(p.persons), count(p.personYears))}</option>`)}</select></label>
                    <label>${t('protocol')}<select name="protocol"><option value="PROTOCOL_NEW_PERSONS">${t('newPersons')}</option>
                      <option value="PROTOCOL_KNOWN_PERSONS_FUTURE_YEARS">${t('futureYears')}</option></select></label>`
                : nothing}
              ${this.pick('objective', t('objective'), (task.metrics ?? []).map((m: any) => m.name), task.primaryMetric)}
              <label>${t('objective')} 2<select name="objective"><option value="">${t('none')}</option>
                ${(task.metrics ?? []).map((m: any) => html`<option>${m.name}</option>`)}</select></label>
              ${this.pick('sampler', t('sampler'), SAMPLERS)} ${this.pick('pruner', t('pruner'), PRUNERS)}
              <label>${t('budget')}<input name="budget" type="number" min="1" max="1000000" required .value=${'30'} /></label>
              <label>${t('parallelism')}<input name="parallelism" type="number" min="1" max="10000" required .value=${'2'} /></label>
              <label>${t('seed')}<input name="seed" inputmode="numeric" .value=${'1'} /></label>
              <label>${t('maxEpochs')}<input name="epochs" type="number" min="1" max="10000" .value=${'25'} /></label>
            </div>
            <h2>${t('parameters')}</h2>
            <div class="grid card">${this.space().map((spec) => this.range(spec))}</div>
            ${this.alert()}
            <span class="tools"><button value="start">${t('createAndStart')}</button><button class="quiet" value="draft">${t('create')}</button></span>
          </form>`
        : this.alert()}`;
  }
}
customElements.define('new-study', NewStudy);
