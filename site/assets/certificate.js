import { el } from "./dom.js";
import { day, levelName } from "./format.js";
import { icon } from "./icons.js";
import { graderUrl, siteUrl } from "./urls.js";

const STATUS = { ACTIVE: "Valid", EXPIRED: "Expired", REVOKED: "Revoked" };

/** A certificate as a card: what is printed on it, whether it holds, and where to get and check it. */
export function certificateCard(certificate, heading = "h3") {
  const { number, status, name, track_title: track, version, level } = certificate;
  return el(
    "section",
    { class: "certificate", id: number, "data-number": number, "data-status": status },
    el("div", { class: "certificate__seal" }, icon(status === "REVOKED" ? "cross" : "seal")),
    el(
      "div",
      { class: "certificate__text" },
      el(heading, { class: "certificate__title" }, track),
      el("p", { class: "certificate__name" }, `${name} · ${levelName(level)} · version ${version}`),
      el("p", { class: "certificate__facts" }, el("code", { class: "certificate__number" }, number), pill(status), dates(certificate), replacement(certificate)),
    ),
    el("div", { class: "certificate__links" }, certificateLinks(certificate)),
  );
}

/** "Download PDF", unless revoked, and "Verification page". The first request may wait a moment until the PDF is made. */
export function certificateLinks({ number, pdf_url: pdf, verify_url: verify }) {
  return [
    pdf && el("a", { class: "md-button md-button--primary", href: graderUrl(pdf), "aria-label": `Download PDF of ${number}` }, icon("download"), "Download PDF"),
    el("a", { class: "md-button", href: graderUrl(verify), "aria-label": `Verification page of ${number}` }, "Verification page"),
  ];
}

function pill(status) {
  return el("span", { class: `pill pill--${status.toLowerCase()}` }, STATUS[status] ?? status);
}

function dates({ status, issued_at: issued, expires_at: expires, revoked_at: revoked }) {
  const end = revoked ? [" · revoked on ", day(revoked)] : expires && [` · ${status === "EXPIRED" ? "expired on" : "valid until"} `, day(expires)];
  return el("span", { class: "certificate__dates" }, "Issued ", day(issued), end);
}

function replacement({ superseded_by: newer }) {
  return newer && el("span", {}, "Replaced by ", el("a", { href: siteUrl(`me/#${newer}`) }, newer));
}
