/** What the text of an article can do once scripts run; it is complete without. */
import {followContents} from "./contents.js";
import {faces} from "./faces.js";
import {previews} from "./preview.js";
import {scrollers} from "./scrollers.js";

previews(document.querySelectorAll("main"));
followContents();
faces();
scrollers(document.querySelectorAll(".table, .highlight pre, .formula"));
