import { el } from "./dom.js";
import { icon } from "./icons.js";
import { whoAmI } from "./learner.js";
import { signInUrl, siteUrl } from "./urls.js";

/** Puts who is signed in, or a way to sign in, into the header. Material keeps the header across instant navigation. */
export async function showLearner() {
  const { learner, sign_in: signIn } = await whoAmI().catch(() => ({}));
  document.querySelector(".account")?.remove();
  const link = learner ? myLearning(learner) : signIn && signInLink(signIn);
  if (link) document.querySelector(".md-header__inner")?.append(link);
}

function myLearning({ name }) {
  const attributes = { class: "account account--signed-in", href: siteUrl("me/"), title: `${name}: my learning`, "aria-label": `${name}: my learning` };
  return el("a", attributes, icon("account"), el("span", { class: "account__name" }, name));
}

function signInLink(path) {
  // The page may change without a reload, so where to come back to is decided at the click.
  const link = el("a", { class: "account", href: signInUrl(path), "aria-label": "Sign in" }, icon("account"), el("span", { class: "account__name" }, "Sign in"));
  link.addEventListener("click", () => (link.href = signInUrl(path)));
  return link;
}
