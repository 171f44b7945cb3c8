// The renderer calls this for every frame: all animations are CSS, so a moment is a number.
function seek(seconds) {
  for (const animation of document.getAnimations()) {
    animation.pause();
    animation.currentTime = seconds * 1000;
  }
}
