import { html } from 'lit';
import { Page } from '../page';
import { setQuery } from '../route';
import { t } from '../words';
import { writeRanges, type Range } from '../charts/ranges';

/** An axis of parallel coordinates: numbers, or choices. */
export interface Axis {
  name: string;
  choices?: string[];
}

/** The ranges that a mouse drags along the axes, as fields: for the keyboard, and for exact ends. */
export class RangeFilter extends Page {
  static properties = { ...Page.properties, axes: { attribute: false }, ranges: { attribute: false } };
  declare axes: Axis[];
  declare ranges: Range[];

  private take(event: Event) {
    event.preventDefault();
    const data = new FormData((event.currentTarget as HTMLFormElement));
    const end = (name: string, open: number) => {
      const text = String(data.get(name) ?? '').trim();
      return text === '' || Number.isNaN(Number(text)) ? open : Number(text);
    };
    const ranges = this.axes.map(({ name, choices }) => ({
      axis: name,
      low: end(`${name} ${choices ? 'choice' : 'low'}`, -Infinity),
      high: end(`${name} ${choices ? 'choice' : 'high'}`, Infinity),
    }));
    setQuery({ brush: writeRanges(ranges.filter((range) => range.low > -Infinity || range.high < Infinity)) });
  }

  private field({ name, choices }: Axis) {
    const own = this.ranges.find((range) => range.axis === name);
    const shown = (value: number | undefined) => (Number.isFinite(value) ? String(value) : '');
    return html`<fieldset class=${choices ? '' : 'range'}><legend>${name}</legend>
      ${choices
        ? html`<select name="${name} choice" aria-label=${name}>
            <option value="">${t('all')}</option>
            ${choices.map((choice, i) => html`<option value=${i} ?selected=${own?.low === i && own.high === i}>${choice}</option>`)}
          </select>`
        : html`<label>${t('min')}<input name="${name} low" inputmode="decimal" .value=${shown(own?.low)} /></label>
            <label>${t('max')}<input name="${name} high" inputmode="decimal" .value=${shown(own?.high)} /></label>`}
    </fieldset>`;
  }

  render() {
    return html`<details class="card"><summary>${t('filterByValue')}</summary>
      <form class="grid" @change=${this.take} @submit=${this.take}>${this.axes.map((axis) => this.field(axis))}
        <span class="tools"><button>${t('filter')}</button>
          <button type="button" class="quiet" ?disabled=${this.ranges.length === 0} @click=${() => setQuery({ brush: '' })}>${t('filterNothing')}</button></span>
      </form></details>`;
  }
}
customElements.define('range-filter', RangeFilter);
