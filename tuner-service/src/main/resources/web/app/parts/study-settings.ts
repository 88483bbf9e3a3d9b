import { html } from 'lit';
import * as api from '../api';
import { Page } from '../page';
import { t } from '../words';
import { tagsOf, type Study } from '../wire';

/** What may be changed while a study lives, and what it was made with. */
export class StudySettings extends Page {
  static properties = { ...Page.properties, now: { attribute: false } };
  declare now: Study;

  private async save(event: Event) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    await this.attempt(() =>
      api.updateStudy(this.now.id, {
        etag: this.now.etag,
        displayName: String(data.get('name')),
        ...(Number(data.get('budget')) === this.now.budget ? {} : { budget: Number(data.get('budget')) }),
        parallelism: Number(data.get('parallelism')),
        tags: { tags: tagsOf(String(data.get('tags') ?? '')) },
        reason: String(data.get('reason') ?? ''),
      }),
    );
  }

  render() {
    return html`${this.alert()}
      <form class="grid card" @submit=${this.save}>
        <label>${t('name')}<input name="name" required maxlength="200" .value=${this.now.title} /></label>
        <label>${t('tags')}<input name="tags" placeholder=${t('tagsHelp')} .value=${this.now.tags.join(' ')} /></label>
        <label>${t('budget')}<input name="budget" type="number" min="1" .value=${String(this.now.budget)} /></label>
        <label>${t('parallelism')}<input name="parallelism" type="number" min="1" .value=${String(this.now.parallelism)} /></label>
        <label>${t('reasonAsk')}<input name="reason" /></label>
        <span class="tools"><button>${t('save')}</button></span>
      </form>
      <pre class="scroll" tabindex="0">${JSON.stringify(this.now.spec, null, 2)}</pre>`;
  }
}
customElements.define('study-settings', StudySettings);
