@NullMarked
package io.webchat.examples.server.http;

import org.jspecify.annotations.NullMarked;
