// Before the first paint: the theme that was chosen here, if one was. The style sheets know the rest.
try {
  const theme = localStorage.getItem('waiting-line.theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage here: the system's preference holds.
}
