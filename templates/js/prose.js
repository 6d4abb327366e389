/** What the text of an article can do once scripts run; it is complete without. */
import {previews} from "./preview.js";
import {scrollers} from "./scrollers.js";

previews(document.querySelectorAll("main"));
scrollers(document.querySelectorAll(".table, .highlight pre, .formula"));
