/** The module worker that runs small graphs by itself; `templates/bundle.mjs` makes one file of it. */
import {host} from "../host.js";
import {Trouble} from "../trouble.js";
import {Session} from "./session.js";

host({
  start: () => {},
  open(graph, weights, location) {
    try {
      const session = new Session(graph, new Map(weights ? [[location, weights]] : []));
      return {run: (feeds, stopped) => session.run(feeds, stopped), release: () => {}};
    } catch (cause) {
      throw new Trouble("The network could not be opened: a file may have arrived damaged.", cause);
    }
  },
});
