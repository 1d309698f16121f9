@NullMarked
package io.webchat.examples.server.accounts;

import org.jspecify.annotations.NullMarked;
