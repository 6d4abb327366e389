"""Static pictures that kinds draw as SVG, with the classes of templates/css/still.css."""
