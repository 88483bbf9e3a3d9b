import { html, nothing } from 'lit';
import { Page } from './page';
import { href, setQuery } from './route';
import { language, t } from './words';
import './pages/studies-page';
import './pages/new-study';
import './pages/study-page';
import './pages/trial-page';
import './pages/compare-page';
import './pages/models-page';
import './pages/panels-page';

/** Frame of the dashboard: navigation, language, light and dark, and the page that the address names. */
class IlteoApp extends Page {
  /** Whose page is shown, whichever its tab. */
  private shown?: string;
  private readonly system = matchMedia('(prefers-color-scheme: dark)');

  connectedCallback() {
    super.connectedCallback();
    document.documentElement.lang = language();
    this.theme(localStorage.getItem('ilteo-theme') ?? '');
  }

  protected turn() {
    document.documentElement.lang = language();
  }

  /** A link that is gone with its page took the focus along: the new page has it then. */
  protected updated() {
    const page = this.at.path.filter((_, i) => i !== 2 || this.at.path.length > 3).join('/');
    if (this.shown !== undefined && page !== this.shown && document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true });
    this.shown = page;
  }

  private theme(name: string) {
    if (name) document.documentElement.dataset.theme = name;
    localStorage.setItem('ilteo-theme', name);
    window.dispatchEvent(new Event('ilteo-theme'));
    this.requestUpdate();
  }

  private isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : this.system.matches;
  }

  private turnLanguage() {
    const other = language() === 'ko' ? 'en' : 'ko';
    localStorage.setItem('ilteo-language', other);
    setQuery({ lang: other });
  }

  private page() {
    const [first = 'studies', id, tab, number] = this.at.path;
    // The language is part of the key: a change of it draws the page afresh.
    if (first === 'studies' && !id) return html`<studies-page></studies-page>`;
    if (first === 'new') return html`<new-study></new-study>`;
    if (first === 'studies' && tab === 'trials' && number)
      return html`<trial-page .study=${id} .number=${number}></trial-page>`;
    if (first === 'studies' && tab === 'compare') return html`<compare-page .study=${id}></compare-page>`;
    if (first === 'studies') return html`<study-page .study=${id} .tab=${tab ?? 'overview'}></study-page>`;
    if (first === 'models') return html`<models-page .task=${id ?? ''} .number=${tab ?? ''}></models-page>`;
    if (first === 'panels') return html`<panels-page .task=${id ?? ''} .panel=${tab ?? ''}></panels-page>`;
    return html`<h1>${t('notFound')}</h1><p><a href=${href('studies')}>${t('backTo')}</a></p>`;
  }

  private link(path: string, label: string) {
    const here = (this.at.path[0] ?? 'studies') === path;
    return html`<a href=${href(path)} aria-current=${here ? 'page' : nothing}>${label}</a>`;
  }

  render() {
    return html`<a class="skip" href="#main" @click=${this.skip}>${t('skip')}</a>
      <header class="bar">
        <a class="brand" href=${href('studies')}>Ilteo <span lang="ko">일터</span></a>
        <nav aria-label="Ilteo">
          ${this.link('studies', t('studies'))} ${this.link('models', t('models'))} ${this.link('panels', t('panels'))}
        </nav>
        <span class="tools">
          <button class="quiet" @click=${() => this.theme(this.isDark() ? 'light' : 'dark')}>
            ${this.isDark() ? t('light') : t('dark')}
          </button>
          <button class="quiet" lang=${language() === 'ko' ? 'en' : 'ko'} @click=${this.turnLanguage}>${t('language')}</button>
        </span>
      </header>
      <main id="main" tabindex="-1">${this.page()}</main>`;
  }

  private skip(event: Event) {
    event.preventDefault();
    document.getElementById('main')?.focus();
  }
}

/**
 * Hangul first, then the page: words that Chromium lays out before a font is there keep their boxes. A machine with
 * Korean fonts does not draw with this one; it is small, and cached.
 */
const hangul = document.fonts.load("1em 'Ilteo Hangul'", '\uac00').catch(() => []);
const patience = new Promise((resolve) => setTimeout(resolve, 1000));
void Promise.race([hangul, patience]).then(() => customElements.define('ilteo-app', IlteoApp));
