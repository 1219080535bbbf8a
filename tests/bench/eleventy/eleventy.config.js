// The benchmark's site for Eleventy. It has no lists of its own that are both
// grouped and paged, so they are cut into pages here.
const PAGE = 20;

const newestFirst = (one, other) => other.date - one.date || (one.url < other.url ? -1 : 1);

const longDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function paged(groups, prefix) {
  const pages = [];
  for (const [name, items] of groups) {
    const sorted = [...items].sort(newestFirst);
    const total = Math.max(1, Math.ceil(sorted.length / PAGE));
    for (let number = 1; number <= total; number++) {
      const at = (n) => (n === 1 ? `${prefix}${name}/` : `${prefix}${name}/page/${n}/`);
      pages.push({
        name, number, total,
        url: at(number),
        previous: number > 1 ? at(number - 1) : null,
        next: number < total ? at(number + 1) : null,
        items: sorted.slice((number - 1) * PAGE, number * PAGE),
      });
    }
  }
  return pages;
}

function grouped(items, keys) {
  const groups = new Map();
  for (const item of items) {
    for (const key of keys(item)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
  }
  return groups;
}

const posts = (api) => api.getAll().filter((item) => item.data.topics);
const folder = (item) => item.url.split("/").slice(1, -2).join("/");

export default function (config) {
  config.addGlobalData("layout", "page.njk");
  config.addCollection("sections", (api) => paged(grouped(posts(api), (item) => [folder(item)]), "/"));
  config.addCollection("topics", (api) => paged(grouped(posts(api), (item) => item.data.topics), "/tags/"));
  config.addCollection("newest", (api) => posts(api).sort(newestFirst).slice(0, PAGE));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("longDay", (date) => longDay.format(date));
  config.amendLibrary("md", (markdown) => markdown.set({ typographer: true }));
  return {
    dir: { input: "content", output: "public", includes: "../_includes" },
    markdownTemplateEngine: false,
  };
}
