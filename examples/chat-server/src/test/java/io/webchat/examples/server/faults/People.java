package io.webchat.examples.server.faults;

import static org.awaitility.Awaitility.await;

import io.webchat.examples.server.Nodes;
import io.webchat.examples.server.history.Entry;
import io.webchat.examples.server.history.History;
import io.webchat.examples.server.history.Kind;
import io.webchat.examples.server.history.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.json.JSONObject;

/** Those who talk in one round: authors, and readers of whom one has two devices and one is away most of the time. */
final class People implements AutoCloseable {
    private static final int AUTHORS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Recorder recorder;
    private final CallLogs logs;
    private final FileRequests files;
    private final List<String> readerNames;
    private final List<String> authorNames;
    private final List<Reader> readers;
    private final Reader away;
    private final List<Author> authors;

    /** People whose names begin with {@code name}. */
    People(Nodes nodes, String name, Recorder recorder, Random random) {
        this.recorder = recorder;
        this.logs = new CallLogs(nodes);
        this.files = new FileRequests(nodes, recorder);
        readerNames = List.of(name + "-rita", name + "-rosa", name + "-ruth");
        authorNames =
                IntStream.range(0, AUTHORS).mapToObj(i -> name + "-author" + i).toList();
        away = reader(nodes, 2, "phone", random);
        readers = List.of(
                reader(nodes, 0, "phone", random),
                reader(nodes, 1, "phone", random),
                reader(nodes, 1, "tablet", random),
                away);
        readers.forEach(Reader::wake);
        await().atMost(PATIENCE).until(() -> readers.stream().allMatch(Reader::isConnected));
        away.sleep();
        authors = IntStream.range(0, AUTHORS)
                .mapToObj(i -> author(nodes, i, random))
                .toList();
    }

    private Reader reader(Nodes nodes, int user, String device, Random random) {
        return new Reader(nodes, readerNames.get(user), device, user, files, recorder, new Random(random.nextLong()));
    }

    private Author author(Nodes nodes, int number, Random random) {
        return new Author(
                nodes, authorNames.get(number), number, readerNames, files, recorder, new Random(random.nextLong()));
    }

    /** How many messages the authors had acknowledged. */
    int acknowledged() {
        return authors.stream().mapToInt(Author::acknowledged).sum();
    }

    /**
     * Lets everything come to rest, for as long as that may take: what is missing then, the history shows. Nothing is
     * broken any more.
     */
    void finish() throws IOException, InterruptedException {
        readers.forEach(Reader::careful);
        away.wake();
        authors.forEach(Author::stop);
        rest(() -> authors.stream().allMatch(Author::idle));
        rest(() -> isComplete(recorder.history()));
        rest(this::isMarked);
        rest(this::hasConverged);
        readFiles();
        for (String reader : readerNames) {
            for (String author : authorNames) {
                for (JSONObject each : logs.read(reader, author)) {
                    recordState(reader, each);
                    recorder.logged(
                            reader,
                            each.getString("from"),
                            each.getString("msgId"),
                            Instant.parse(each.getString("storedAt")).toEpochMilli(),
                            each.getString("status"));
                }
            }
        }
    }

    /** Reads the file of each acknowledged message as a stranger, as its author and as its reader. */
    private void readFiles() {
        History history = recorder.history();
        Set<String> acknowledged = history.of(Kind.ACKED).map(Entry::id).collect(Collectors.toSet());
        Deque<Entry> left = history.of(Kind.ATTACHED)
                .filter(each -> acknowledged.contains(each.id()))
                .collect(Collectors.toCollection(ArrayDeque::new));
        rest(() -> {
            for (Entry each = left.peek(); each != null; each = left.peek()) {
                String file = UploadedFile.ofWords(each.detail()).id();
                FileOfMessage named = new FileOfMessage(each.client(), each.peer(), each.id(), file);
                String stranger = readerNames.get(readerNames.get(0).equals(each.peer()) ? 1 : 0);
                files.read(0, stranger, named);
                files.read(0, each.client(), named);
                // The reader comes last, since the checker looks for this one.
                files.read(1, each.peer(), named);
                left.remove();
            }
            return true;
        });
    }

    /** Records how the history and the devices of the reader show a message. */
    private void recordState(String reader, JSONObject logged) {
        String from = logged.getString("from");
        String id = logged.getString("msgId");
        recorder.state(reader, from, id, ShownMessage.stateOf(logged));
        readers.stream().filter(each -> each.user().equals(reader)).forEach(each -> each.recordState(from, id));
    }

    /** Whether each device shows each message as the history does. */
    private boolean hasConverged() throws IOException, InterruptedException {
        for (String reader : readerNames) {
            for (String author : authorNames) {
                for (JSONObject logged : logs.read(reader, author)) {
                    String state = ShownMessage.stateOf(logged);
                    if (readers.stream()
                            .filter(each -> each.user().equals(reader))
                            .anyMatch(each -> each.state(logged.getString("msgId"))
                                    .filter(shown -> !shown.equals(state))
                                    .isPresent())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static void rest(Callable<Boolean> reached) {
        try {
            // A node that has just come back may refuse to read once more.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(reached);
        } catch (ConditionTimeoutException e) {
            // The checker tells what is missing, and shows it.
        }
    }

    /** Whether each device confirmed all that was acknowledged to its user, and each author heard of it. */
    private static boolean isComplete(History history) {
        Map<String, Set<String>> sent = ids(history, Kind.ACKED, Entry::peer);
        Map<String, Set<String>> confirmed = ids(history, Kind.CONFIRMED, Entry::client);
        Set<String> clients = history.of(Kind.CONNECTED).map(Entry::client).collect(Collectors.toSet());
        boolean received = clients.stream()
                .filter(each -> each.contains("/"))
                .allMatch(each -> confirmed
                        .getOrDefault(each, Set.of())
                        .containsAll(sent.getOrDefault(each.substring(0, each.indexOf('/')), Set.of())));
        Set<String> receipts =
                history.of(Kind.DELIVERED, Kind.DISPLAYED).map(Entry::id).collect(Collectors.toSet());
        Set<String> told = history.of(Kind.GAP).map(Entry::client).collect(Collectors.toSet());
        return received
                && history.of(Kind.ACKED)
                        .allMatch(each -> receipts.contains(each.id()) || told.contains(each.client()));
    }

    private static Map<String, Set<String>> ids(History history, Kind kind, Function<Entry, String> by) {
        return history.of(kind)
                .collect(Collectors.groupingBy(
                        by, Collectors.mapping(Entry::id, Collectors.toCollection(HashSet::new))));
    }

    private boolean isMarked() throws IOException, InterruptedException {
        for (String reader : readerNames) {
            for (String author : authorNames) {
                if (logs.read(reader, author).stream()
                        .anyMatch(each -> each.getString("status").equals("sent"))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        authors.forEach(Author::close);
        readers.forEach(Reader::close);
    }
}
