// How diagrams look in each palette: the colours of theme.css, which Mermaid needs as numbers to derive others.
// In flowcharts and state diagrams the classes accent, good, bad and quiet colour a box: `closed[Closed]:::good`.

export const SCHEMES = ["light", "dark"];

const PALETTES = {
  light: {
    paper: "#ffffff",
    ink: "#20253d",
    line: "#5c68b8",
    box: ["#e9ebf9", "#7681cc"], // fill and edge
    accent: ["#ffe6d6", "#c8551b"],
    good: ["#dcf1e6", "#1a6e45"],
    bad: ["#fbe0de", "#b3261e"],
    quiet: ["#f1f1f4", "#8a8d9b"],
  },
  dark: {
    paper: "#1e2129",
    ink: "#e6e8f4",
    line: "#9fa8ec",
    box: ["#2b3152", "#7f8ae0"],
    accent: ["#4d3323", "#ffb38a"],
    good: ["#1d3d30", "#7fd6a8"],
    bad: ["#4a2a2a", "#ff9d94"],
    quiet: ["#2c2f38", "#868b9c"],
  },
};
const CLASSES = ["accent", "good", "bad", "quiet"];
const SCALE = ["box", "accent", "good", "quiet", "bad"]; // for what is coloured one after the other

/** What `mermaid.initialize` wants. */
export function settings(scheme, fontFamily) {
  const palette = PALETTES[scheme];
  const darkMode = scheme === "dark";
  return {
    startOnLoad: false,
    theme: "base",
    darkMode,
    fontFamily,
    flowchart: { curve: "basis", padding: 12, nodeSpacing: 28, rankSpacing: 36 },
    sequence: { width: 120, actorMargin: 30, messageMargin: 28, mirrorActors: false, ...sizes("actor", "message", "note") },
    themeVariables: { darkMode, fontFamily, fontSize: "16px", ...basics(palette), ...parts(palette), ...scale(palette) },
    themeCSS: rules(palette),
  };
}

function sizes(...parts) {
  return Object.fromEntries(parts.map((part) => [`${part}FontSize`, "16px"]));
}

function basics({ paper, ink, line, box, accent, quiet }) {
  return {
    background: paper,
    primaryColor: box[0],
    primaryBorderColor: box[1],
    primaryTextColor: ink,
    secondaryColor: accent[0],
    secondaryBorderColor: accent[1],
    secondaryTextColor: ink,
    tertiaryColor: quiet[0],
    tertiaryBorderColor: quiet[1],
    tertiaryTextColor: ink,
    lineColor: line,
    textColor: ink,
    titleColor: ink,
  };
}

/** What one kind of diagram has, and the basics give badly. */
function parts({ paper, ink, line, box, accent, good, bad, quiet }) {
  return {
    edgeLabelBackground: paper,
    clusterBkg: quiet[0],
    clusterBorder: quiet[1],
    signalColor: line,
    signalTextColor: ink,
    noteBkgColor: accent[0],
    noteBorderColor: accent[1],
    noteTextColor: ink,
    gridColor: quiet[1],
    sectionBkgColor: paper,
    altSectionBkgColor: quiet[0],
    taskBkgColor: box[0],
    taskBorderColor: box[1],
    activeTaskBkgColor: accent[0],
    activeTaskBorderColor: accent[1],
    doneTaskBkgColor: good[0],
    doneTaskBorderColor: good[1],
    critBkgColor: bad[0],
    critBorderColor: bad[1],
    pieStrokeColor: paper,
    pieOuterStrokeColor: paper,
    pieOpacity: "1",
  };
}

function scale(palette) {
  const given = {};
  for (let n = 0; n < 12; n += 1) {
    const [fill, edge] = palette[SCALE[n % SCALE.length]];
    Object.assign(given, { [`cScale${n}`]: fill, [`cScaleInv${n}`]: edge, [`cScaleLabel${n}`]: palette.ink });
    given[`pie${n + 1}`] = n < SCALE.length ? edge : fill;
  }
  return { ...given, pieSectionTextColor: palette.paper };
}

function rules(palette) {
  return [
    ...CLASSES.flatMap((name) => {
      const [fill, edge] = palette[name];
      const shapes = `:is(rect, polygon, circle, ellipse, path)`;
      return [
        `.${name} > ${shapes}, .${name} > .label-container ${shapes} { fill: ${fill} !important; stroke: ${edge} !important; }`,
      ];
    }),
    ".node :is(rect, polygon, path, circle), .statediagram-state rect { stroke-width: 1.5px; }",
    ".node > rect { rx: 6px; ry: 6px; }",
    ".flowchart-link, .transition { stroke-width: 1.75px; }",
    `.edgeLabel, .edgeLabel p, .edgeLabel rect { background-color: ${palette.paper}; fill: ${palette.paper}; opacity: 1; }`,
  ].join("\n");
}
