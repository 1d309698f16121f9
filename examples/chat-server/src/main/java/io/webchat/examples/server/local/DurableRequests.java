package io.webchat.examples.server.local;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * Requests to a DynamoDB Local on a disk. A write is answered when it is on the disk, and the writes of all requests
 * that wait at the same time go there together.
 *
 * <p>DynamoDB Local commits each item by itself, and SQLite then waits for the disk four times. Here SQLite has a
 * write-ahead log and does not wait for the disk; this class does, once for many commits.
 */
final class DurableRequests extends LocalDynamoDBRequestHandler {
    private static final String NAME = "shared-local-instance";
    private static final int JOB_THREADS = 10;

    private final GroupSync log;

    /** Over the database in this folder, which is made if there is none. */
    DurableRequests(Path folder) throws IOException {
        super(0, false, folder.toString(), true, false);
        Path file = folder.resolve(NAME + ".db");
        LoggedDatabase database = new LoggedDatabase(file);
        databases(this)
                .put(
                        NAME,
                        new LocalDBClient(
                                database, new JobsRegister(Executors.newFixedThreadPool(JOB_THREADS), false)));
        FileChannel ahead = FileChannel.open(folder.resolve(NAME + ".db-wal"), StandardOpenOption.WRITE);
        this.log = new GroupSync(() -> ahead.force(false));
    }

    /** The databases by name. Without one here, DynamoDB Local opens a database with other settings. */
    @SuppressWarnings("unchecked") // It is declared so there.
    private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests) throws IOException {
        try {
            Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            return (Map<String, AmazonDynamoDBLocal>) field.get(requests);
        } catch (ReflectiveOperationException e) {
            throw new IOException("this is another version of DynamoDB Local", e);
        }
    }

    /** A disk that has failed once may claim later that everything is there. So the process ends, and begins anew. */
    private <T> T durable(T answer) {
        try {
            log.sync();
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        return answer;
    }

    /** How many writes have waited for the disk. */
    long syncs() {
        return log.calls();
    }

    @Override
    public PutItemResponse putItem(String key, String region, PutItemRequest request) {
        return durable(super.putItem(key, region, request));
    }

    @Override
    public UpdateItemResponse updateItem(String key, String region, UpdateItemRequest request) {
        return durable(super.updateItem(key, region, request));
    }

    @Override
    public DeleteItemResponse deleteItem(String key, String region, DeleteItemRequest request) {
        return durable(super.deleteItem(key, region, request));
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(String key, String region, BatchWriteItemRequest request) {
        return durable(super.batchWriteItem(key, region, request));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(String key, String region, TransactWriteItemsRequest request) {
        return durable(super.transactWriteItems(key, region, request));
    }

    /** A database with a write-ahead log. Its commits do not wait for the disk. */
    private static final class LoggedDatabase extends SQLiteDBAccess {
        LoggedDatabase(Path file) throws IOException {
            super(file.toString());
            SQLiteJob<String> job = queue.execute(new SQLiteJob<>() {
                @Override
                protected String job(SQLiteConnection connection) throws SQLiteException {
                    connection.exec("PRAGMA journal_mode = WAL");
                    connection.exec("PRAGMA synchronous = NORMAL");
                    // Makes the file of the log.
                    connection.exec("BEGIN IMMEDIATE");
                    connection.exec("COMMIT");
                    return "";
                }
            });
            if (job.complete() == null) {
                throw new IOException("its database takes no settings", job.getError());
            }
        }
    }
}
