// Tells where each file of a chosen folder stands in it: a form sends only the last part of a file's name.
"use strict";

const folder = document.querySelector('input[type="file"][webkitdirectory]');
const paths = document.querySelector('input[name="paths"]');

function tell() {
  paths.value = JSON.stringify(Array.from(folder.files, (file) => file.webkitRelativePath || file.name));
}

folder.addEventListener("change", tell);
folder.form.addEventListener("submit", tell);
