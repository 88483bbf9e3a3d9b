import { html, type TemplateResult } from 'lit';

/** A table that may be wider than the screen: it scrolls by itself, by keyboard too, and the page stays. */
export const wide = (label: string, table: TemplateResult): TemplateResult =>
  html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>${table}</div>`;
