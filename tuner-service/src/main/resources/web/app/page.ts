import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { route, type Route } from './route';

const AGAIN_MILLIS = 5000;

/**
 * What every page and part is: drawn into the document itself, so that one style sheet, the browser's search and
 * assistive technology reach all of it, and drawn again when the address changes.
 */
export abstract class Page extends LitElement {
  static properties: Record<string, object> = { at: { state: true }, trouble: { state: true } };
  declare at: Route;
  declare trouble: string;
  /** Truly private: a page or part may have a property of any name. */
  #asked = 0;
  private readonly turned = () => {
    this.at = route();
    this.turn();
  };

  constructor() {
    super();
    this.at = route();
    this.trouble = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.turned);
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.turned);
    super.disconnectedCallback();
  }

  /** The address has changed. */
  protected turn(): void {}

  /**
   * Whether this is still the last question: asked before waiting for an answer, called after it. An answer that was
   * overtaken, e.g. of all studies by that of a search, must not be shown in the other's place.
   */
  protected asks(): () => boolean {
    const mine = ++this.#asked;
    return () => mine === this.#asked;
  }

  /** Does `work` again after a while, e.g. until a service that starts answers; never once the page is gone or asks for something else. */
  protected later(isLast: () => boolean, work: () => void): void {
    setTimeout(() => this.isConnected && isLast() && work(), AGAIN_MILLIS);
  }

  /** Runs `work`; what goes wrong is shown on the page. */
  protected async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      this.trouble = '';
      return result;
    } catch (failure) {
      this.trouble = (failure as Error).message;
      return undefined;
    }
  }

  /** A button that is gone after what it did took the focus along: the heading has it then, not the top of the page. */
  protected async keepFocus(): Promise<void> {
    await this.updateComplete;
    if (document.activeElement === document.body) this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected alert(): TemplateResult | typeof nothing {
    return this.trouble ? html`<p role="alert">${this.trouble}</p>` : nothing;
  }
}
