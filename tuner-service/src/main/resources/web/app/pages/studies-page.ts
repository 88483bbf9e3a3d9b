import { html, nothing, svg } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { href, setQuery } from '../route';
import { language, moment, span, t } from '../words';
import { bestBaseline, figure, type Study } from '../wire';

const STATES = ['draft', 'running', 'paused', 'stopping', 'stopped', 'completed', 'failed'];
const SORTS: Record<string, (study: Study) => string | number> = {
  created: (s) => s.created,
  title: (s) => s.title.toLowerCase(),
  task: (s) => s.task,
  progress: (s) => s.finished / Math.max(1, s.budget),
};
const SPARKS = 40;
const MOST_REPORTED = 16;

/** All studies: filter, sort, search; drawn again when the server says that one has changed. */
export class StudiesPage extends Page {
  static properties = { ...Page.properties, list: { state: true }, sparks: { state: true } };
  declare list: Study[] | undefined;
  declare sparks: Map<string, number[]>;
  private next = '';
  private stop = () => {};

  constructor() {
    super();
    this.sparks = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = `${t('studies')} · Ilteo`;
    this.stop = api.followAll(() => void this.load());
    void this.load();
  }

  disconnectedCallback() {
    this.stop();
    super.disconnectedCallback();
  }

  protected turn() {
    void this.load();
  }

  private async load() {
    const query = this.at.query;
    const isLast = this.asks();
    await this.attempt(async () => {
      const page = await api.studies(query.get('q') ?? '', query.get('state') ?? '', query.get('tag') ?? '', query.get('page') ?? '');
      if (!isLast()) return;
      this.next = page.next;
      this.list = page.studies;
      await Promise.all(page.studies.slice(0, SPARKS).map((study) => this.spark(study)));
      this.sparks = new Map(this.sparks);
    });
  }

  /** Best so far by trial; asked again only where a trial has finished since. */
  private async spark(study: Study) {
    const known = this.sparks.get(study.id);
    if (known?.[0] === study.finished) return;
    const history = await api.analysis<any>('GetHistory', study.id, { maxPoints: 40 });
    const bests = (history.points ?? []).map((p: any) => Number(p.bestSoFar ?? 0)).filter(Number.isFinite);
    this.sparks.set(study.id, [study.finished, ...bests]);
  }

  private line(study: Study) {
    const values = this.sparks.get(study.id)?.slice(1) ?? [];
    if (values.length < 2) return nothing;
    const low = Math.min(...values);
    const high = Math.max(...values);
    const across = (i: number) => ((i / (values.length - 1)) * 96 + 2).toFixed(1);
    const up = (v: number) => (22 - ((v - low) / (high - low || 1)) * 20).toFixed(1);
    // The best holds until it is beaten: a step, not a slope.
    const path = values.map((v, i) => (i === 0 ? `M${across(0)} ${up(v)}` : `H${across(i)}V${up(v)}`)).join('');
    return html`<svg class="spark" viewBox="0 0 100 24" aria-hidden="true">
      ${svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.5"></path>`}
    </svg>`;
  }

  private sorted(list: Study[]): Study[] {
    const by = this.at.query.get('sort') ?? 'created';
    const key = SORTS[by] ?? SORTS.created;
    const sign = (this.at.query.get('down') ?? (by === 'created' ? '1' : '')) ? -1 : 1;
    return [...list].sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0));
  }

  private head(by: string, label: string) {
    const on = (this.at.query.get('sort') ?? 'created') === by;
    const down = (this.at.query.get('down') ?? (by === 'created' ? '1' : '')) !== '';
    return html`<th scope="col" aria-sort=${on ? (down ? 'descending' : 'ascending') : 'none'}>
      <button class="sort" @click=${() => setQuery({ sort: by, down: on && !down ? '1' : '' })}>${label}</button>
    </th>`;
  }

  render() {
    const query = this.at.query;
    return html`<div class="title">
        <h1>${t('studies')}</h1>
        <a class="button" href=${href('new')}>${t('newStudy')}</a>
      </div>
      <form class="filters" role="search" @submit=${(e: Event) => e.preventDefault()}>
        <label>${t('search')}
          <input type="search" .value=${query.get('q') ?? ''}
            @input=${(e: Event) => setQuery({ q: (e.target as HTMLInputElement).value, page: '' })} />
        </label>
        <label>${t('state')}
          <select @change=${(e: Event) => setQuery({ state: (e.target as HTMLSelectElement).value, page: '' })}>
            <option value="">${t('all')}</option>
            ${STATES.map((s) => html`<option value=${s} ?selected=${query.get('state') === s}>${t(s)}</option>`)}
          </select>
        </label>
        ${query.get('tag')
          ? html`<span class="tools">${t('tags')}: <span class="tag">${query.get('tag')}</span>
              <button class="quiet" type="button" @click=${() => setQuery({ tag: '', page: '' })}>${t('all')}</button></span>`
          : nothing}
        ${this.list?.some((s) => s.finished > 0)
          ? html`<a href=${`/api/report?studies=${this.list.filter((s) => s.finished > 0).slice(0, MOST_REPORTED).map((s) => s.id).reverse().join(',')}&language=${language()}`} download>${t('reportOfThese')}</a>`
          : nothing}
      </form>
      ${this.alert()}
      ${this.list === undefined
        ? html`<p>${t('loading')}</p>`
        : this.list.length === 0
          ? html`<p class="empty">${t('noStudies')}</p>`
          : this.table(this.sorted(this.list))}
      ${this.next ? html`<p class="pages"><button @click=${() => setQuery({ page: this.next })}>${t('next')}</button></p>` : nothing}`;
  }

  private table(list: Study[]) {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('studies')}><table class="cards">
      <thead>
        <tr>
          ${this.head('title', t('study'))} ${this.head('task', t('task'))}
          <th scope="col">${t('state')}</th>
          ${this.head('progress', t('progress'))}
          <th scope="col">${t('best')}</th>
          <th scope="col">${t('trend')}</th>
          ${this.head('created', t('created'))}
        </tr>
      </thead>
      <tbody>${list.map((study) => this.row(study))}</tbody>
    </table></div>`;
  }

  private row(study: Study) {
    const baseline = bestBaseline(study);
    return html`<tr>
      <th scope="row"><a href=${href(`studies/${study.id}`)}>${study.title}</a>
        <small>${study.tags.map((tag) => html`<a class="tag" href=${href('studies', { tag })}>${tag}</a>`)}</small></th>
      <td>${study.task} <small>${study.panel}</small></td>
      <td><span class="state ${study.state}" title=${study.reason}>${t(study.state)}</span></td>
      <td>
        <progress max=${study.budget} value=${study.finished} aria-label=${`${study.title}: ${t('progress')}`}></progress>
        ${study.finished}/${study.budget}
        ${study.secondsLeft && study.state === 'running' ? html`<small>${t('about', span(study.secondsLeft))}</small>` : nothing}
      </td>
      <td>
        ${study.bestValues.length ? html`<strong>${study.bestValues.map(figure).join(', ')}</strong>` : '–'}
        <small>${study.objectives.slice(0, Math.max(1, study.bestValues.length)).map((o) => o.metric).join(', ')}${baseline ? ` · ${t('baseline')} ${figure(baseline.value)}` : ''}</small>
      </td>
      <td>${this.line(study)}</td>
      <td><small>${moment(study.created)}</small></td>
    </tr>`;
  }
}
customElements.define('studies-page', StudiesPage);
