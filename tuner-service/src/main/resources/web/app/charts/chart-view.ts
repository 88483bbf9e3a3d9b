import { html, nothing, type PropertyValues } from 'lit';
import { t } from '../words';
import { Page } from '../page';
import { figure } from '../wire';
import { wide } from '../parts/wide';
import { echarts } from './echarts';
import { writeRanges, type Range } from './ranges';
import { base, ink, type Ink } from './theme';

/** A chart before it is drawn: what it shows, its option for given colours, and the same as a table. */
export interface Chart {
  title: string;
  /** One sentence for those who cannot see it. */
  summary: string;
  option: (colours: Ink) => any;
  header: string[];
  rows: () => (string | number | undefined)[][];
  height?: number;
  /** Pixels below which it is scrolled rather than squeezed. */
  leastWidth?: number;
}

const MAX_ROWS = 1000;

/** Draws a {@link Chart} with its data table and its downloads; `brushed` tells of ranges dragged along parallel axes. */
export class ChartView extends Page {
  static properties = { ...Page.properties, chart: { attribute: false }, ranges: { attribute: false }, open: { state: true } };
  declare chart: Chart;
  /** Filters of parallel axes. */
  declare ranges: Range[];
  declare open: boolean;
  private drawn?: any;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly again = () => this.draw(true);
  private readonly watcher = new ResizeObserver(() => this.drawn?.resize());

  constructor() {
    super();
    this.open = false;
    this.ranges = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.dark.addEventListener('change', this.again);
    window.addEventListener('ilteo-theme', this.again);
    // What was drawn before the font came has boxes in it.
    document.fonts.addEventListener('loadingdone', this.again);
  }

  disconnectedCallback() {
    this.dark.removeEventListener('change', this.again);
    window.removeEventListener('ilteo-theme', this.again);
    document.fonts.removeEventListener('loadingdone', this.again);
    this.watcher.disconnect();
    this.drawn?.dispose();
    this.drawn = undefined;
    super.disconnectedCallback();
  }

  private option(): any {
    const colours = ink();
    const common = base(colours);
    const own = this.chart.option(colours);
    return { ...common, ...own, legend: { ...common.legend, ...own.legend }, tooltip: { ...common.tooltip, ...own.tooltip } };
  }

  protected updated(changes: PropertyValues) {
    if (changes.has('chart')) this.draw(false);
    if (changes.has('chart') || changes.has('ranges')) this.mark();
  }

  private parallelAxes = (): any[] => this.drawn?.getModel().queryComponents({ mainType: 'parallelAxis' }) ?? [];

  private marked(): Range[] {
    return this.parallelAxes().flatMap((axis) =>
      axis.activeIntervals.map(([low, high]: number[]) => ({ axis: axis.name, low, high })));
  }

  /** Marks the ranges on their axes, unless they are what the mouse has just marked there. */
  private mark() {
    const axes = this.parallelAxes();
    if (axes.length === 0 || writeRanges(this.marked()) === writeRanges(this.ranges)) return;
    axes.forEach((axis, parallelAxisIndex) => {
      const intervals = this.ranges.filter((range) => range.axis === axis.name).map((range) => [range.low, range.high]);
      this.drawn.dispatchAction({ type: 'axisAreaSelect', parallelAxisIndex, intervals });
    });
    // An axis takes the action for its own mouse's and does not draw what it has drawn already.
    this.drawn.resize();
  }

  private draw(fresh: boolean) {
    const plot = this.querySelector<HTMLElement>('.plot');
    if (!plot || !this.chart) return;
    plot.style.minWidth = `${this.chart.leastWidth ?? 0}px`;
    plot.style.height = `${this.chart.height ?? 340}px`;
    if (!this.drawn) {
      this.drawn = echarts.init(plot, undefined, { renderer: 'canvas' });
      this.drawn.on('axisareaselected', () => this.dispatchEvent(new CustomEvent('brushed', { detail: this.marked() })));
      this.watcher.observe(plot);
    }
    this.drawn.setOption(this.option(), { notMerge: fresh || !plot.dataset.drawn, lazyUpdate: false });
    plot.dataset.drawn = 'yes';
    if (fresh) this.mark();
  }

  private save(ending: string, href: string) {
    const link = document.createElement('a');
    link.href = href;
    link.download = `${this.chart.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.${ending}`;
    link.click();
  }

  private png() {
    this.save('png', this.drawn.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ink().surface }));
  }

  private svg() {
    const size = { width: this.drawn.getWidth(), height: this.drawn.getHeight() };
    const paper = echarts.init(null, undefined, { renderer: 'svg', ssr: true, ...size });
    paper.setOption(this.option());
    const url = URL.createObjectURL(new Blob([paper.renderToSVGString()], { type: 'image/svg+xml' }));
    this.save('svg', url);
    paper.dispose();
    URL.revokeObjectURL(url);
  }

  render() {
    if (!this.chart) return nothing;
    return html`<figure class="chart">
      <figcaption>
        <span class="caption">${this.chart.title}</span>
        <span class="tools">
          <button class="quiet" @click=${this.png} aria-label=${`${this.chart.title}: PNG`}>PNG</button>
          <button class="quiet" @click=${this.svg} aria-label=${`${this.chart.title}: SVG`}>SVG</button>
        </span>
      </figcaption>
      ${this.chart.leastWidth ? wide(this.chart.title, this.plot()) : this.plot()}
      <details @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
        <summary>${t('dataTable')}</summary>
        ${this.open ? this.table() : nothing}
      </details>
    </figure>`;
  }

  private plot = () => html`<div class="plot" role="img" aria-label=${`${this.chart.title}. ${this.chart.summary}`}></div>`;

  private table() {
    const rows = this.chart.rows();
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.chart.title}>
      <table>
        <thead>
          <tr>${this.chart.header.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.slice(0, MAX_ROWS).map(
            (row) => html`<tr>${row.map((cell) => html`<td>${figure(cell)}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > MAX_ROWS ? html`<p>${t('firstRows', MAX_ROWS, rows.length)}</p>` : nothing}`;
  }
}
customElements.define('chart-view', ChartView);
