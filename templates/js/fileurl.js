// A page opened from a disk gets no modules from the browser: say so, once, above the article.
if (location.protocol === "file:") {
  const note = document.createElement("p");
  note.className = "file-note";
  note.setAttribute("role", "note");
  note.append("This page was opened as a file, so its figures stay still. For live figures run ");
  const command = document.createElement("code");
  command.textContent = "python -m http.server";
  note.append(command, " in the site’s folder and open http://localhost:8000.");
  document.querySelector("main")?.prepend(note);
}
