package io.webchat.examples.server.browser;

import java.util.Locale;

/** What was measured, beside what was aimed at, as a table in Markdown. */
final class FigureTable {
    private static final String HEAD = "| figure | measured | aim | reached |\n|---|---|---|---|\n";

    private final StringBuilder rows = new StringBuilder();

    /** Adds a figure, which should be at most as large as the aim. */
    void add(String figure, long measured, long aim, String unit) {
        row(figure, amount(measured, unit), "at most " + amount(aim, unit), measured <= aim ? "yes" : "**no**");
    }

    /** Adds a figure without an aim. */
    void add(String figure, long measured, String unit) {
        row(figure, amount(measured, unit), "", "");
    }

    /** Adds the longest task of something; the browser reports none below 50 ms. */
    void addLongestTask(String figure, int millis, int aim) {
        String measured = millis == 0 ? "below 50 ms" : amount(millis, "ms");
        row(figure + ": longest task", measured, "at most " + amount(aim, "ms"), millis <= aim ? "yes" : "**no**");
    }

    private void row(String... cells) {
        rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String amount(long number, String unit) {
        return String.format(Locale.ROOT, "%,d %s", number, unit)
                .replace(',', '\u00a0')
                .strip();
    }

    @Override
    public String toString() {
        return HEAD + rows;
    }
}
