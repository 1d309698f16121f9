package io.webchat.examples.server.history;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * G1, G12, G17: the file of an acknowledged message is there for its reader and its author, with the bytes that were
 * uploaded, until the author asks for the message's deletion. Nobody else reads it, and nobody at all once the deletion
 * is acknowledged. Of several messages that name a file exactly one is accepted.
 */
final class FileRule implements Rule {
    static final String ACCEPTED = "accepted";

    @Override
    public Stream<Violation> violations(History history) {
        return history.of(Kind.ATTACHED).flatMap(each -> new Case(history, each).violations());
    }

    /** The file of one message. */
    private record Case(History history, Entry attached) {
        Stream<Violation> violations() {
            return Stream.of(
                            history.about(attached.id(), Kind.READ).flatMap(read -> wrong(read).stream()),
                            unread().stream(),
                            shared().stream())
                    .flatMap(each -> each);
        }

        private Optional<Violation> wrong(Entry read) {
            boolean foreign =
                    !read.client().equals(attached.client()) && !read.client().equals(attached.peer());
            if (read.detail().isEmpty()) {
                return foreign || !isDue(read) ? Optional.empty() : violation("G1", read, "found no file of");
            }
            if (foreign) {
                return violation("G12", read, "read the file of");
            }
            if (!read.detail().equals(attached.detail())) {
                return violation("G1", read, "read other bytes of");
            }
            return deletedAt(Kind.AMENDED) < read.storedAt()
                    ? violation("G17", read, "read the file of the deleted")
                    : Optional.empty();
        }

        /** Whether the file must be there: the message was acknowledged, and nobody had asked to delete it. */
        private boolean isDue(Entry read) {
            return history.first(attached.id(), Kind.ACKED) < read.storedAt() && deletedAt(Kind.AMENDING) > read.at();
        }

        private long deletedAt(Kind kind) {
            return history.about(attached.id(), kind)
                    .filter(each -> each.detail().equals(AmendmentRule.DELETE))
                    .mapToLong(Entry::at)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }

        private Optional<Violation> unread() {
            long acknowledged = history.first(attached.id(), Kind.ACKED);
            boolean read = history.about(attached.id(), Kind.READ)
                    .anyMatch(each -> each.client().equals(attached.peer()) && each.storedAt() > acknowledged);
            return acknowledged == Long.MAX_VALUE || read
                    ? Optional.empty()
                    : violation("G1", attached, "sent a file, and no node told whether it is there:");
        }

        private Optional<Violation> shared() {
            boolean accepted =
                    history.about(attached.id(), Kind.ACKED).findAny().isPresent();
            boolean outdone =
                    history.about(attached.id(), Kind.OUTDONE).findAny().isPresent();
            boolean rival = history.about(attached.id(), Kind.RIVAL)
                    .anyMatch(each -> each.detail().equals(ACCEPTED));
            if (accepted && (rival || outdone)) {
                return violation("G17", attached, "has another message with the file of");
            }
            return outdone && !rival ? violation("G17", attached, "has no message with the file of") : Optional.empty();
        }

        private Optional<Violation> violation(String promise, Entry entry, String what) {
            return Optional.of(new Violation(
                    promise, entry.client() + " " + what + " " + attached.id(), history.about(attached.id())));
        }
    }
}
