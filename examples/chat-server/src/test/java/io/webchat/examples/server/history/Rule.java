package io.webchat.examples.server.history;

import java.util.stream.Stream;

/** One or two promises that are judged by the same part of a history. A pure function. */
interface Rule {
    Stream<Violation> violations(History history);
}
