// The one script of every page: registers the custom elements and fills the header.
// Instant navigation runs it once; elements on later pages are upgraded by the browser.

import { MermaidDiagram } from "./diagram.js";
import { showLearner } from "./header.js";
import { MyLearning } from "./my-learning.js";
import { CourseStatus, TrackCourses, TrackProgress } from "./progress.js";
import { QuizForm } from "./quiz-form.js";
import { QuizPractice } from "./quiz-practice.js";

customElements.define("quiz-form", QuizForm);
customElements.define("quiz-practice", QuizPractice);
customElements.define("track-progress", TrackProgress);
customElements.define("track-courses", TrackCourses);
customElements.define("course-status", CourseStatus);
customElements.define("my-learning", MyLearning);
customElements.define("mermaid-diagram", MermaidDiagram);

document.addEventListener("learner-changed", showLearner);
showLearner();
