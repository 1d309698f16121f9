package io.webchat.examples.docs.given;

/** The application's metrics, such as a Prometheus registry. */
public interface Figures {
    /** All of them, in Prometheus' text format. */
    String scrape();
}
