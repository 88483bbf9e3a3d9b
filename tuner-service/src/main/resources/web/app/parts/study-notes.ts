import { html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import DOMPurify from 'dompurify';
import { marked } from 'marked';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';
import type { Study } from '../wire';

/** Notes in Markdown: what people write is made harmless before it is shown. */
export class StudyNotes extends Page {
  static properties = { ...Page.properties, now: { attribute: false }, editing: { state: true } };
  declare now: Study;
  declare editing: boolean;

  constructor() {
    super();
    this.editing = false;
  }

  private async save(event: Event) {
    event.preventDefault();
    const notes = String(new FormData(event.target as HTMLFormElement).get('notes') ?? '');
    await this.attempt(async () => {
      await api.updateStudy(this.now.id, { etag: this.now.etag, notes, reason: 'notes' });
      this.editing = false;
    });
  }

  render() {
    const shown = DOMPurify.sanitize(marked.parse(this.now.notes, { async: false }), { FORBID_ATTR: ['style'] });
    return html`${this.alert()}
      ${this.editing
        ? html`<form @submit=${this.save}>
            <label class="wide">${t('notes')} (${t('markdown')})<textarea name="notes" rows="12" .value=${this.now.notes}></textarea></label>
            <span class="tools"><button>${t('save')}</button>
              <button type="button" class="quiet" @click=${() => (this.editing = false)}>${t('cancel')}</button></span>
          </form>`
        : html`<article class="notes">${this.now.notes ? unsafeHTML(shown) : html`<p class="empty">${t('nothingYet')}</p>`}</article>
            <button @click=${() => (this.editing = true)}>${t('edit')}</button>`}`;
  }
}
customElements.define('study-notes', StudyNotes);
