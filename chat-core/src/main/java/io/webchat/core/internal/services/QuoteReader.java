package io.webchat.core.internal.services;

import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageRef;
import io.webchat.core.Quote;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the messages that other messages answer: on their own page first, then in the call log. */
final class QuoteReader {
    /** The largest number of concurrent look-ups in the call log for one page. */
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;

    QuoteReader(BackendCalls backends) {
        this.backends = backends;
    }

    /** Returns the quotes of the messages that these messages of one conversation answer, if they are there. */
    CompletableFuture<Map<MessageRef, Quote>> read(ConversationId conversation, List<LoggedMessage> answers) {
        Set<MessageRef> wanted = wanted(answers);
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<MessageRef, Quote> found = new ConcurrentHashMap<>();
        for (LoggedMessage each : answers) {
            add(each, wanted, found);
        }
        List<MessageRef> elsewhere =
                wanted.stream().filter(each -> !found.containsKey(each)).toList();
        return Fanout.over(
                        elsewhere,
                        MAX_PARALLEL,
                        ref -> backends.find(conversation, ref.from(), ref.id())
                                .thenAccept(logged -> logged.ifPresent(each -> add(each, wanted, found))))
                .done()
                .thenApply(done -> Map.copyOf(found));
    }

    private static Set<MessageRef> wanted(List<LoggedMessage> answers) {
        Set<MessageRef> wanted = new LinkedHashSet<>();
        for (LoggedMessage each : answers) {
            MessageRef answered = each.message().content().replyTo();
            if (answered != null) {
                wanted.add(answered);
            }
        }
        return wanted;
    }

    private static void add(LoggedMessage logged, Set<MessageRef> wanted, Map<MessageRef, Quote> found) {
        Quote quote = Quote.of(logged.message());
        if (wanted.contains(quote.message())) {
            found.put(quote.message(), quote);
        }
    }
}
