package io.webchat.examples.server.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened, in order. */
public final class History {
    private final List<Entry> entries;
    private final Map<String, List<Entry>> byId;
    private final List<Entry> losses;
    /** The times at which each client was told of a gap. */
    private final Map<String, List<Long>> gaps;

    History(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.byId = groupedBy(this.entries.stream().filter(each -> !each.id().isEmpty()), Entry::id);
        this.losses = of(Kind.LOST_DATA).toList();
        this.gaps = of(Kind.GAP)
                .collect(Collectors.groupingBy(Entry::client, Collectors.mapping(Entry::at, Collectors.toList())));
    }

    /** All of it. */
    public List<Entry> entries() {
        return entries;
    }

    /** Entries of these kinds, in order. */
    public Stream<Entry> of(Kind... kinds) {
        return entries.stream().filter(each -> each.is(kinds));
    }

    /** All about a message, in order. */
    List<Entry> about(String id) {
        return byId.getOrDefault(id, List.of());
    }

    Stream<Entry> about(String id, Kind... kinds) {
        return about(id).stream().filter(each -> each.is(kinds));
    }

    /** Entries of these kinds by client, in order. */
    Map<String, List<Entry>> byClient(Kind... kinds) {
        return groupedBy(of(kinds), Entry::client);
    }

    /** Entries of these kinds by message, in order. */
    Map<String, List<Entry>> byMessage(Kind... kinds) {
        return groupedBy(of(kinds), Entry::id);
    }

    static Map<String, List<Entry>> groupedBy(Stream<Entry> entries, Function<Entry, String> key) {
        return entries.collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    /** The clients of users, each as often as it connected at least once. */
    Map<String, Set<String>> devices() {
        return of(Kind.CONNECTED)
                .collect(Collectors.groupingBy(Entry::user, Collectors.mapping(Entry::client, Collectors.toSet())));
    }

    /** Whether Redis lost its data between these two times, in part at least. */
    boolean lostDataBetween(long from, long to) {
        return losses.stream().anyMatch(each -> each.storedAt() <= to && each.at() >= from);
    }

    boolean lostDataBetween(List<Entry> ordered) {
        return lostDataBetween(
                ordered.get(0).at(), ordered.get(ordered.size() - 1).at());
    }

    /**
     * Whether Redis lost its data after a message was sent first and before it was acknowledged: its place is anew
     * then.
     */
    boolean acceptedAnew(String id) {
        long sent = first(id, Kind.SENT);
        long acked = first(id, Kind.ACKED);
        return losses.stream().anyMatch(each -> sent < each.storedAt() && each.storedAt() < acked);
    }

    /**
     * Whether a message had to be sent again, and a younger one was sent before the sender knew how the older one
     * fared.
     */
    boolean overtaken(String id, String younger) {
        return first(younger, Kind.SENT) < first(id, Kind.ACKED)
                && about(id, Kind.SENT).count() > 1;
    }

    /** When this happened to a message first; the end of time where it did not. */
    long first(String id, Kind kind) {
        return about(id, kind).mapToLong(Entry::at).findFirst().orElse(Long.MAX_VALUE);
    }

    boolean toldOfAGap(String client) {
        return gaps.containsKey(client);
    }

    /**
     * Entries by client, and apart where the client was told of a gap between them. Behind a gap an epoch of the queue
     * may begin, and what the client did not confirm comes again at another place.
     */
    Stream<List<Entry>> byClientAndEpoch(List<Entry> some) {
        return groupedBy(some.stream(), Entry::client).values().stream()
                .flatMap(ofOne -> ofOne.stream()
                        .collect(Collectors.groupingBy(this::gapsBefore, LinkedHashMap::new, Collectors.toList()))
                        .values()
                        .stream());
    }

    private long gapsBefore(Entry entry) {
        return gaps.getOrDefault(entry.client(), List.of()).stream()
                .filter(at -> at < entry.at())
                .count();
    }
}
