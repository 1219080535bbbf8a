// The places that are left at an event, as they are now. Without it, or when
// they cannot be known, the page says where to look.
const left = document.getElementById('left');
fetch(left.dataset.places)
  .then((answer) => (answer.ok ? answer.json() : {}))
  .then(({ says }) => {
    if (says) left.textContent = says;
  })
  .catch(() => {});
