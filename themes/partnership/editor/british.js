// The program's words in British English. It asks for them as a module, which
// JSON alone is not in a browser: index.html leads it here instead.
const words = await fetch(new URL('cms/en-GB.json', import.meta.url));
export default await words.json();
