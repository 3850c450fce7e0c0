import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Draws a formula; returns false, and draws nothing, when it is not one. Bounds keep a hostile one from filling the page. */
export function draw(tex: string, place: HTMLElement, display: boolean): boolean {
  try {
    katex.render(tex, place, { displayMode: display, throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: 200 });
    return true;
  } catch {
    place.replaceChildren();
    return false;
  }
}
