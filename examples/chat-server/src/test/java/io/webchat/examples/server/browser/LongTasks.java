package io.webchat.examples.server.browser;

import com.microsoft.playwright.Page;

/** The longest tasks of a page, as the browser reports those above 50 ms. */
record LongTasks(Page page) {
    private static final String OBSERVE = "window.longTasks = [];"
            + " new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(each => each.duration)))"
            + ".observe({ type: 'longtask' })";

    static LongTasks begin(Page page) {
        page.evaluate(OBSERVE);
        return new LongTasks(page);
    }

    /** Prints the longest one since the beginning, or since it was printed last. */
    void print(String what) {
        Object longest = page.evaluate("Math.round(Math.max(0, ...window.longTasks.splice(0)))");
        Object nodes = page.evaluate("document.querySelectorAll('*').length");
        System.out.println("Longest task, " + what + ": " + longest + " ms (0: below 50 ms); " + nodes + " elements");
    }
}
