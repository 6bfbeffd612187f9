
"use strict";
(() => {
  const graphs = JSON.parse(document.getElementById("data").textContent);
  const svg = document.querySelector("#picture > svg");
  const about = document.getElementById("about");
  const panel = document.getElementById("way");
  const ends = { subnet: null, service: null };

  const element = (graph, node) => document.getElementById(`g${graph}n${node}`);

  // Text is set, never parsed.
  const add = (parent, tag, text, name) => {
    const child = document.createElement(tag);
    child.textContent = text;
    if (name) child.className = name;
    parent.append(child);
    return child;
  };

  const describe = (graph, node) => {
    const it = graphs[graph].nodes[node];
    about.replaceChildren();
    add(about, "h2", it.name, "name");
    add(about, "p", it.perhaps ? `${it.word}, not certain to be there` : it.word, "word");
    if (it.detail && it.detail !== it.word) add(about, "p", it.detail);
    if (it.place) add(about, "p", it.place, "place");
    for (const [severity, rule, message] of it.marks) {
      add(about, "p", `${severity}[${rule}]: ${message}`, severity);
    }
  };

  const clear = () => {
    svg.classList.remove("following");
    for (const lit of svg.querySelectorAll(".lit, .chosen")) lit.classList.remove("lit", "chosen");
    for (const line of svg.querySelectorAll(".follow")) line.remove();
    panel.replaceChildren();
  };

  // A step that no line of the picture shows, such as from a subnet to what a name resolves to.
  const connect = (graph, from, to, open) => {
    const start = element(graph, from);
    const end = element(graph, to);
    const a = start.getBBox();
    const b = end.getBBox();
    const rightwards = b.x >= a.x + a.width;
    const [x1, x2] = rightwards ? [a.x + a.width, b.x] : [a.x + a.width, b.x + b.width];
    const [y1, y2] = [a.y + a.height / 2, b.y + b.height / 2];
    const bend = rightwards ? Math.min((x2 - x1) / 2, 120) : 40;
    const [c1, c2] = rightwards ? [x1 + bend, x2 - bend] : [Math.max(x1, x2) + bend, Math.max(x1, x2) + bend];
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", `M${x1} ${y1}C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`);
    line.setAttribute("class", open ? "follow" : "follow closed");
    start.parentNode.append(line);
  };

  const light = (graph, way) => {
    svg.classList.add("following");
    for (const node of [way.from, way.to, ...way.nodes]) element(graph, node).classList.add("lit");
    way.nodes.slice(1).forEach((to, at) => {
      const from = way.nodes[at];
      const edges = graphs[graph].edges;
      const drawn = edges.flatMap((edge, number) =>
        edge && edge[0] === from && edge[1] === to ? [number] : []);
      for (const number of drawn) {
        document.getElementById(`g${graph}e${number}`).classList.add("lit");
      }
      if (drawn.length === 0) connect(graph, from, to, way.open);
    });
  };

  const tell = (graph, way) => {
    const nodes = graphs[graph].nodes;
    add(panel, "h2", `${nodes[way.from].name} to ${nodes[way.to].name}`, "name");
    add(panel, "p", way.word, way.open ? "word" : "closed");
    const list = add(panel, "ol", "");
    for (const [what, place] of way.steps) {
      const step = add(list, "li", "");
      what.split("`").forEach((part, at) => add(step, at % 2 ? "code" : "span", part));
      if (place) {
        step.append(document.createElement("br"));
        add(step, "span", place, "place");
      }
    }
  };

  const show = () => {
    clear();
    for (const end of [ends.subnet, ends.service]) {
      if (end) element(end.graph, end.node).classList.add("chosen");
    }
    const { subnet, service } = ends;
    if (subnet && service && subnet.graph === service.graph) {
      const ways = graphs[subnet.graph].ways;
      const way = ways.find((it) => it.from === subnet.node && it.to === service.node);
      if (way) {
        light(subnet.graph, way);
        tell(subnet.graph, way);
      } else {
        add(panel, "p", "Nothing is known of a way between these two.", "word");
      }
    } else if (subnet || service) {
      const { graph, node } = subnet || service;
      const nodes = graphs[graph].nodes;
      add(panel, "h2", nodes[node].name, "name");
      const list = add(panel, "ul", "");
      for (const way of graphs[graph].ways) {
        if (way.from === node) add(list, "li", `to ${nodes[way.to].name}: ${way.word}`, way.open ? "" : "closed");
        if (way.to === node) add(list, "li", `from ${nodes[way.from].name}: ${way.word}`, way.open ? "" : "closed");
      }
    }
  };

  const choose = (graph, node) => {
    const kind = graphs[graph].nodes[node].kind;
    if (kind !== "subnet" && kind !== "service") return;
    const same = ends[kind] && ends[kind].graph === graph && ends[kind].node === node;
    ends[kind] = same ? null : { graph, node };
    show();
  };

  graphs.forEach((data, graph) => data.nodes.forEach((it, node) => {
    const shape = element(graph, node);
    if (!shape) return;
    shape.addEventListener("pointerenter", () => describe(graph, node));
    shape.addEventListener("focus", () => describe(graph, node));
    if (it.kind !== "subnet" && it.kind !== "service") return;
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "button");
    shape.setAttribute("aria-label", `${it.word} ${it.name}`);
    shape.addEventListener("click", () => choose(graph, node));
    shape.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(graph, node);
    });
  }));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    ends.subnet = ends.service = null;
    show();
  });
})();
