"""What is open now: QObjects with signals, without widgets, disk or network."""
