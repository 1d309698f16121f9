package io.webchat.examples.server.browser;

import com.microsoft.playwright.Page;

/** What a page does while it is watched: its longest task, and the most elements that it had at a time. */
record PageWork(Page page) {
    /** The browser reports tasks above 50 ms. The elements are counted in each frame. */
    private static final String WATCH = """
        window.watched = { tasks: [], elements: 0 };
        new PerformanceObserver((list) => window.watched.tasks.push(...list.getEntries().map((each) => each.duration)))
          .observe({ type: 'longtask' });
        const all = document.getElementsByTagName('*');
        const count = () => {
          window.watched.elements = Math.max(window.watched.elements, all.length);
          requestAnimationFrame(count);
        };
        count();
        """;

    static PageWork watch(Page page) {
        page.evaluate("() => {" + WATCH + "}");
        return new PageWork(page);
    }

    /** The milliseconds of the longest task since the last call, or since the beginning; 0 for below 50. */
    int longestTask() {
        return (Integer) page.evaluate("Math.round(Math.max(0, ...window.watched.tasks.splice(0)))");
    }

    /** The most elements that the page had at a time since the last call, or since the beginning. */
    int mostElements() {
        return (Integer) page.evaluate("() => { const { elements } = window.watched; window.watched.elements = 0;"
                + " return Math.max(elements, document.getElementsByTagName('*').length); }");
    }
}
