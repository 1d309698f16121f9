/** The processes and files that the server brings itself: a DynamoDB Local, a redis-server, a data folder. */
@NullMarked
package io.webchat.examples.server.local;

import org.jspecify.annotations.NullMarked;
