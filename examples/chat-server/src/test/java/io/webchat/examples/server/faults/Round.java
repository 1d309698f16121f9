package io.webchat.examples.server.faults;

import io.webchat.examples.server.faults.Schedule.Step;
import io.webchat.examples.server.history.Checker;
import io.webchat.examples.server.history.History;
import io.webchat.examples.server.history.Recorder;
import io.webchat.examples.server.history.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** People talk while things break as a schedule says; then everything is mended and comes to rest, and is judged. */
final class Round {
    private static final long END_SECONDS = 120;

    private final FaultyCluster site;
    private final Recorder recorder = Recorder.ofSystem();

    private Round(FaultyCluster site) {
        this.site = site;
    }

    /** What a round came to. */
    record Result(History history, List<Violation> violations, int acknowledged) {}

    static Result run(FaultyCluster site, String name, List<Step> schedule, Random random) throws Exception {
        return new Round(site).run(name, schedule, random);
    }

    private Result run(String name, List<Step> schedule, Random random) throws Exception {
        site.recordTo(recorder);
        try (People people = new People(site.nodes(), name, recorder, random)) {
            breakAndMend(schedule);
            people.finish();
            History history = recorder.history();
            return new Result(history, Checker.violations(history), people.acknowledged());
        }
    }

    private void breakAndMend(List<Step> schedule) throws Exception {
        // A thread for each: some take long to mend.
        ExecutorService threads = Executors.newCachedThreadPool();
        Map<String, CompletableFuture<Void>> parts = new HashMap<>();
        try {
            for (Step step : schedule) {
                CompletableFuture<Void> mended =
                        parts.getOrDefault(step.part(), CompletableFuture.completedFuture(null));
                parts.put(step.part(), under(step, mended, threads));
            }
            CompletableFuture.allOf(parts.values().toArray(CompletableFuture<?>[]::new))
                    .get(END_SECONDS, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Breaks a part at its time, or when what broke there before is mended, which may take longer than planned. */
    private CompletableFuture<Void> under(Step step, CompletableFuture<Void> mended, Executor threads) {
        Executor atItsTime = CompletableFuture.delayedExecutor(step.from(), TimeUnit.MILLISECONDS, threads);
        Executor later = CompletableFuture.delayedExecutor(step.until() - step.from(), TimeUnit.MILLISECONDS, threads);
        return CompletableFuture.runAsync(() -> {}, atItsTime)
                .runAfterBothAsync(mended, () -> begin(step), threads)
                .thenRunAsync(() -> end(step), later);
    }

    private void begin(Step step) {
        recorder.broken(step.part(), step.fault().how);
        carryOut(step, step.fault().begin);
    }

    private void end(Step step) {
        carryOut(step, step.fault().end);
        recorder.mended(step.part(), step.fault().how);
    }

    private void carryOut(Step step, Fault.Action action) {
        try {
            action.on(site, step.node());
        } catch (Exception e) {
            throw new IllegalStateException("could not carry out " + step, e);
        }
    }
}
