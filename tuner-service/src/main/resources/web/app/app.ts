import { LitElement, html } from 'lit';
import './studies-page';
import './study-page';

/** Chooses the page by the address: `#/` or `#/studies/{id}`. */
class IlteoApp extends LitElement {
  static properties = { route: { state: true } };
  declare route: string;
  private readonly turned = () => {
    this.route = location.hash;
  };

  constructor() {
    super();
    this.route = location.hash;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.turned);
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.turned);
    super.disconnectedCallback();
  }

  render() {
    const study = /^#\/studies\/(\d+)$/.exec(this.route);
    return html`<main>
      ${study
        ? html`<study-page study-id=${study[1]}></study-page>`
        : html`<studies-page></studies-page>`}
    </main>`;
  }
}
customElements.define('ilteo-app', IlteoApp);
