package io.webchat.examples.docs;

/**
 * A fenced block of a page.
 *
 * @param page the page's path from the root of the repository
 * @param line the line on which it begins
 * @param language what stands behind the fence; empty where nothing does
 * @param note what the comment before it says; empty where there is none
 * @param text what is between the fences
 */
record Block(String page, int line, String language, String note, String text) {
    String where() {
        return page + ":" + line;
    }

    boolean notRun() {
        return note.startsWith("not run");
    }
}
