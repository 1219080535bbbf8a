// Runs inside a page, before its own scripts: what several checks ask of an
// element. It is read as text and put in; nothing here is imported.

globalThis.inPage = {
  /** A selector that a person finds the element by. */
  name(element) {
    const parts = [];
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      if (each.id) {
        parts.unshift(`#${each.id}`);
        break;
      }
      const kind = each.localName + [...each.classList].slice(0, 2).map((name) => `.${name}`).join('');
      parts.unshift(kind);
      if (parts.length === 4) break;
    }
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
    return parts.join(' > ') + (text && ` “${text}”`);
  },

  /** Whether it takes any room and is shown. */
  shown(element) {
    return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  },

  /** Kept for screen readers only: a pixel, or clipped away. */
  unseen(element) {
    const style = getComputedStyle(element);
    return style.clipPath !== 'none' || element.clientWidth <= 1 || element.clientHeight <= 1;
  },

  /** What can be pressed or typed into. */
  targets() {
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    return [...document.querySelectorAll(all)].filter((element) => this.shown(element) && !element.disabled);
  },

  /** A colour as red, green, blue and opacity. */
  colour(text) {
    this.canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    this.canvas.clearRect(0, 0, 1, 1);
    this.canvas.fillStyle = text;
    this.canvas.fillRect(0, 0, 1, 1);
    return [...this.canvas.getImageData(0, 0, 1, 1).data];
  },

  /** What lies behind an element: the nearest ancestor's background that shows. */
  behind(element) {
    for (let each = element.parentElement; each; each = each.parentElement) {
      const colour = this.colour(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  },

  /** The contrast of two colours, by WCAG 2. */
  contrast(one, other) {
    const light = (colour) => {
      const [red, green, blue] = colour.slice(0, 3).map((byte) => {
        const part = byte / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [darker, lighter] = [light(one), light(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  },
};
