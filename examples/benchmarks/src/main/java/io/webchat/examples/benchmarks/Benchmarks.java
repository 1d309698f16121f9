package io.webchat.examples.benchmarks;

import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.examples.benchmarks.load.LoadCommand;
import io.webchat.examples.benchmarks.load.Summary;
import io.webchat.redis.testing.RedisServer;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The command that runs one benchmark. */
public final class Benchmarks {
    private static final String USAGE = """
        -Drun=summary     one table of ratios: Redis, servers, memory and latency (8 minutes)
        -Drun=contest     append + publish: webchat's client core, a bare pipeline, a pool of threads (default)
        -Drun=messages    what one message costs Redis over its whole life
        -Drun=steps       what each step of a queue costs Redis, and each command of an append
        -Drun=memory      the memory of Redis for a user, a waiting message and a known one
        -Drun=commits     the call log in DynamoDB: messages in company against one PutItem each
        -Drun=units       the call log in DynamoDB: what a message consumes, 1:1 and in rooms, and an amendment
        -Drun=pages       the call log in DynamoDB: what a page costs in short and long histories
        -Drun="load …"    servers under the load of many clients; "load" alone lists them
        -Drun="jmh …"     the JMH benchmarks AppendAndPublish and Latency, with JMH's own options
        """;
    private static final int MESSAGES = 20_000;
    private static final int USERS = 10_000;
    private static final int WAITING = 20;

    private Benchmarks() {}

    /** Runs the benchmark that the first word names. */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(String.join(" ", args).strip().split("\\s+", -1));
        switch (words.get(0)) {
            case "contest" -> {
                try (RedisServer server = RedisServer.builder().start()) {
                    Contest.run(server.url(), Contest.Plan.FULL, System.out);
                }
            }
            case "summary" -> Summary.run(System.out);
            case "messages" -> {
                try (RedisServer server = RedisServer.builder().start()) {
                    MessageCost.run(server.endpoint(), MESSAGES, System.out);
                }
            }
            case "steps" -> StepCost.run(System.out, StepCost.Plan.FULL);
            case "memory" -> RedisMemory.run(USERS, WAITING, System.out);
            case "commits" -> {
                try (DynamoServer server = DynamoServer.start();
                        DynamoDbAsyncClient client = server.endpoint().client()) {
                    CommitContest.run(client, CommitContest.Plan.FULL, System.out);
                }
            }
            case "units" -> {
                try (DynamoServer server = DynamoServer.start()) {
                    CallLogUnits.run(server.endpoint(), CallLogUnits.Plan.FULL, System.out);
                    System.out.println();
                    AmendmentUnits.run(server.endpoint(), System.out);
                }
            }
            case "pages" -> {
                try (DynamoServer server = DynamoServer.start()) {
                    PageCost.run(server.endpoint(), PageCost.Plan.FULL, System.out);
                }
            }
            case "load" -> LoadCommand.run(words.subList(1, words.size()), System.out);
            case "jmh" -> Main.main(words.subList(1, words.size()).toArray(String[]::new));
            default -> System.out.print(USAGE);
        }
    }
}
